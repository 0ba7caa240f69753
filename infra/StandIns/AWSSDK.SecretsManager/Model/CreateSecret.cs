using Amazon.Runtime;

namespace Amazon.SecretsManager.Model;

/// <summary>A new secret.</summary>
public class CreateSecretRequest : AmazonSecretsManagerRequest
{
    /// <summary>The first version's id; made up when null.</summary>
    public string ClientRequestToken { get; set; }

    /// <summary>What it is for.</summary>
    public string Description { get; set; }

    /// <summary>The key that encrypts it; null for the account's default.</summary>
    public string KmsKeyId { get; set; }

    /// <summary>Its name.</summary>
    public string Name { get; set; }

    /// <summary>The value, if it is binary.</summary>
    public MemoryStream SecretBinary { get; set; }

    /// <summary>The value, if it is text.</summary>
    public string SecretString { get; set; }
}

/// <summary>The secret that was made.</summary>
public class CreateSecretResponse : AmazonWebServiceResponse
{
    /// <summary>Its ARN.</summary>
    public string ARN { get; set; }

    /// <summary>Its name.</summary>
    public string Name { get; set; }

    /// <summary>Its first version.</summary>
    public string VersionId { get; set; }
}
