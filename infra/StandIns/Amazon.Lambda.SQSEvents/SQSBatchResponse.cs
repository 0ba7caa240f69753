using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.SQSEvents;

/// <summary>The messages of a batch that failed and shall be delivered again; the others are deleted.</summary>
[DataContract]
public class SQSBatchResponse
{
    /// <summary>A batch without failures.</summary>
    public SQSBatchResponse()
        : this([])
    {
    }

    /// <summary>A batch with the given failures.</summary>
    public SQSBatchResponse(List<BatchItemFailure> batchItemFailures) => BatchItemFailures = batchItemFailures;

    /// <summary>The failed messages.</summary>
    [DataMember(Name = "batchItemFailures")]
    [JsonPropertyName("batchItemFailures")]
    public List<BatchItemFailure> BatchItemFailures { get; set; }

    /// <summary>One failed message.</summary>
    [DataContract]
    public class BatchItemFailure
    {
        /// <summary>The message's id.</summary>
        [DataMember(Name = "itemIdentifier")]
        [JsonPropertyName("itemIdentifier")]
        public string ItemIdentifier { get; set; }
    }
}
