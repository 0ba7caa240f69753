using Amazon.Runtime;

namespace Amazon.SecretsManager.Model;

/// <summary>A new value for a secret.</summary>
public class PutSecretValueRequest : AmazonSecretsManagerRequest
{
    /// <summary>The new version's id; made up when null.</summary>
    public string ClientRequestToken { get; set; }

    /// <summary>Name or ARN.</summary>
    public string SecretId { get; set; }

    /// <summary>The value, if it is binary.</summary>
    public MemoryStream SecretBinary { get; set; }

    /// <summary>The value, if it is text.</summary>
    public string SecretString { get; set; }

    /// <summary>Labels to move to the version; null for AWSCURRENT.</summary>
    public List<string> VersionStages { get; set; }
}

/// <summary>The version that was added.</summary>
public class PutSecretValueResponse : AmazonWebServiceResponse
{
    /// <summary>The secret's ARN.</summary>
    public string ARN { get; set; }

    /// <summary>The secret's name.</summary>
    public string Name { get; set; }

    /// <summary>The version.</summary>
    public string VersionId { get; set; }

    /// <summary>Its labels, AWSCURRENT among them; null when there are none.</summary>
    public List<string> VersionStages { get; set; }
}
