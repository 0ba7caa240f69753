using Amazon.Runtime;

namespace Amazon.SecretsManager.Model;

/// <summary>Which secret and version to read.</summary>
public class GetSecretValueRequest : AmazonSecretsManagerRequest
{
    /// <summary>Name or ARN.</summary>
    public string SecretId { get; set; }

    /// <summary>The version; null for the one of the stage.</summary>
    public string VersionId { get; set; }

    /// <summary>The stage; null for AWSCURRENT.</summary>
    public string VersionStage { get; set; }
}

/// <summary>A version of a secret.</summary>
public class GetSecretValueResponse : AmazonWebServiceResponse
{
    /// <summary>The secret's ARN.</summary>
    public string ARN { get; set; }

    /// <summary>When the version was made, UTC.</summary>
    public DateTime? CreatedDate { get; set; }

    /// <summary>The secret's name.</summary>
    public string Name { get; set; }

    /// <summary>The value, if it is binary.</summary>
    public MemoryStream SecretBinary { get; set; }

    /// <summary>The value, if it is text.</summary>
    public string SecretString { get; set; }

    /// <summary>The version.</summary>
    public string VersionId { get; set; }

    /// <summary>Its labels, AWSCURRENT among them; null when there are none.</summary>
    public List<string> VersionStages { get; set; }
}
