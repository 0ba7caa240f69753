using System.Net;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.S3Events;

/// <summary>What happened to objects of a bucket. Property names bind case-insensitively.</summary>
public class S3Event
{
    /// <summary>One record per object.</summary>
    public List<S3EventNotificationRecord> Records { get; set; }

    /// <summary>What happened to one object.</summary>
    public class S3EventNotificationRecord
    {
        /// <summary>The bucket's region.</summary>
        public string AwsRegion { get; set; }

        /// <summary>The event without "s3:", for example "ObjectCreated:Post".</summary>
        public string EventName { get; set; }

        /// <summary>"aws:s3".</summary>
        public string EventSource { get; set; }

        /// <summary>When S3 finished the request.</summary>
        public DateTime EventTime { get; set; }

        /// <summary>The version of this format.</summary>
        public string EventVersion { get; set; }

        /// <summary>Where the request came from.</summary>
        public RequestParametersEntity RequestParameters { get; set; }

        /// <summary>The ids of S3's answer.</summary>
        public ResponseElementsEntity ResponseElements { get; set; }

        /// <summary>The bucket and the object.</summary>
        public S3Entity S3 { get; set; }

        /// <summary>Who made the request.</summary>
        public UserIdentityEntity UserIdentity { get; set; }
    }

    /// <summary>The bucket and the object of a record.</summary>
    public class S3Entity
    {
        /// <summary>The id of the notification rule.</summary>
        public string ConfigurationId { get; set; }

        /// <summary>The bucket.</summary>
        public S3BucketEntity Bucket { get; set; }

        /// <summary>The object.</summary>
        public S3ObjectEntity Object { get; set; }

        /// <summary>The version of this part's format.</summary>
        public string S3SchemaVersion { get; set; }
    }

    /// <summary>A bucket.</summary>
    public class S3BucketEntity
    {
        /// <summary>Its name.</summary>
        public string Name { get; set; }

        /// <summary>Its owner.</summary>
        public UserIdentityEntity OwnerIdentity { get; set; }

        /// <summary>Its ARN.</summary>
        public string Arn { get; set; }
    }

    /// <summary>An object.</summary>
    public class S3ObjectEntity
    {
        /// <summary>The key as S3 sends it: form-url-encoded.</summary>
        public string Key { get; set; }

        /// <summary>The key as it was put.</summary>
        public string KeyDecoded => WebUtility.UrlDecode(Key);

        /// <summary>The size in bytes.</summary>
        public long Size { get; set; }

        /// <summary>The entity tag, without quotes.</summary>
        public string ETag { get; set; }

        /// <summary>The version, in a bucket with versions.</summary>
        public string VersionId { get; set; }

        /// <summary>Hex; orders the events of one key.</summary>
        public string Sequencer { get; set; }
    }

    /// <summary>A principal.</summary>
    public class UserIdentityEntity
    {
        /// <summary>Its id.</summary>
        public string PrincipalId { get; set; }
    }

    /// <summary>Where a request came from.</summary>
    public class RequestParametersEntity
    {
        /// <summary>The IP address.</summary>
        public string SourceIPAddress { get; set; }
    }

    /// <summary>The ids of S3's answer to the request.</summary>
    [DataContract]
    public class ResponseElementsEntity
    {
        /// <summary>The host id.</summary>
        [DataMember(Name = "x-amz-id-2")]
        [JsonPropertyName("x-amz-id-2")]
        public string XAmzId2 { get; set; }

        /// <summary>The request id.</summary>
        [DataMember(Name = "x-amz-request-id")]
        [JsonPropertyName("x-amz-request-id")]
        public string XAmzRequestId { get; set; }
    }
}
