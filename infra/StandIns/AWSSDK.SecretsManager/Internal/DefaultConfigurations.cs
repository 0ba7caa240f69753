using System.Collections.ObjectModel;
using Amazon.Runtime;

namespace Amazon.SecretsManager.Internal;

/// <summary>The time-outs of each default configuration mode (AWS_DEFAULTS_MODE).</summary>
internal static class DefaultConfigurations
{
    public static ReadOnlyCollection<IDefaultConfiguration> All { get; } = new(
    [
        Mode(DefaultConfigurationMode.Standard, 3.1),
        Mode(DefaultConfigurationMode.InRegion, 1.1),
        Mode(DefaultConfigurationMode.CrossRegion, 3.1),
        Mode(DefaultConfigurationMode.Mobile, 30),
        Mode(DefaultConfigurationMode.Auto, 1.1),
    ]);

    private static DefaultConfiguration Mode(DefaultConfigurationMode name, double seconds) => new()
    {
        Name = name,
        RetryMode = RequestRetryMode.Standard,
        S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
        ConnectTimeout = TimeSpan.FromSeconds(seconds),
        TlsNegotiationTimeout = TimeSpan.FromSeconds(seconds),
    };
}
