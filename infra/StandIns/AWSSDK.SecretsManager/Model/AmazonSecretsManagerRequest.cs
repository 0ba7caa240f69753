using Amazon.Runtime;

namespace Amazon.SecretsManager.Model;

/// <summary>Any request to AWS Secrets Manager.</summary>
public class AmazonSecretsManagerRequest : AmazonWebServiceRequest;
