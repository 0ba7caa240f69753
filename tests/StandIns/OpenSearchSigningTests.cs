using System.Text;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;
using OpenSearch.Net.Auth.AwsSigV4;

namespace DomainFlow.StandIns;

/// <summary>Signature Version 4 of the OpenSearch connection, against AWS's published vectors and against botocore.</summary>
public sealed class OpenSearchSigningTests
{
    private const string ContentHash = "x-amz-content-sha256";
    private static readonly ImmutableCredentials Example = new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null);
    /// <summary>The official package orders a query's pairs by their names before these are encoded, AWS by what is sent.</summary>
    private static readonly bool IsOfficial = typeof(AwsSigV4Util).Assembly.GetName() is { Version.Major: > 1 } || typeof(AwsSigV4Util).Assembly.GetName().GetPublicKeyToken() is { Length: > 0 };
    private static readonly DateTime Signed = new(2015, 8, 30, 12, 36, 0, DateTimeKind.Utc);

    public static TheoryData<string, string, string, string, string> Published => new()
    {
        { "GET", "/", "", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
        { "GET", "/?Param2=value2&Param1=value1", "", "", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500" },
        { "GET", "/?Param1=value2&Param1=Value1", "", "", "eedbc4e291e521cf13422ffca22be7d2eb8146eecf653089df300a15b2382bd1" },
        { "GET", "/?%E1%88%B4=bar", "", "", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04" },
        {
            "GET", "/?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
            "", "", "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"
        },
        { "GET", "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "", "", "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f" },
        { "GET", "//", "", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
        { "GET", "/./", "", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
        { "GET", "/example1/example2/../..", "", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
        { "POST", "/", "", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b" },
        { "POST", "/?Param1=value1", "", "", "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11" },
        { "POST", "/", "My-Header1: value1", "", "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c" },
        { "POST", "/", "My-Header1: VALUE1", "", "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d" },
        { "GET", "/", "My-Header1:  value1\nMy-Header2:  \"a   b   c\"", "", "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736" },
        { "GET", "/", "My-Header1: value2\nMy-Header1: value2\nMy-Header1: value1", "", "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea" },
        {
            "POST", "/", "Content-Type: application/x-www-form-urlencoded", "Param1=value1",
            "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"
        },
    };

    /// <summary>The vectors were made for a service that wants no hash of the body among the headers.</summary>
    [Theory]
    [MemberData(nameof(Published))]
    public async Task Requests_are_signed_as_AWS_has_published(string method, string path, string headers, string body, string signature)
    {
        using var request = SignedRequest.Make(method, $"https://example.amazonaws.com{path}", SignedRequest.Headers(headers), Encoding.UTF8.GetBytes(body));
        var canonical = await CanonicalRequest.From(request, Example, Signed);
        var names = canonical.SignedHeaders.Split(';').Where(name => name != ContentHash);
        var lines = canonical.ToString().Split('\n').Where(line => !line.StartsWith(ContentHash + ":", StringComparison.Ordinal));
        var wanted = string.Join('\n', lines).Replace(canonical.SignedHeaders, string.Join(';', names), StringComparison.Ordinal);
        var signed = AWS4Signer.ComputeSignature(Example, RegionEndpoint.USEast1.SystemName, Signed, "service", string.Join(';', names), wanted);
        Assert.EndsWith($"Signature={signature}", signed.ForAuthorizationHeader, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(AwsSigV4HttpConnection.OpenSearchService)]
    [InlineData(AwsSigV4HttpConnection.OpenSearchServerlessService)]
    public async Task Random_requests_are_signed_as_botocore_signs_them(string service)
    {
        Skip.IfNot(await Botocore.IsThereAsync(), "python3 has no botocore");
        var random = new Random(service.Length);
        var requests = Enumerable.Range(0, 2_500).Select(_ => SignedRequest.Random(random, service)).ToList();
        var expected = await Botocore.SignAsync(requests);
        for (var n = 0; n < requests.Count; n++)
        {
            using var request = requests[n].Message();
            if (IsOfficial && requests[n].HasOddNames) continue;
            await AwsSigV4Util.SignRequest(request, requests[n].Credentials, RegionEndpoint.GetBySystemName(requests[n].Region), requests[n].Time, service);
            var authorization = request.Headers.GetValues("Authorization").Single();
            Assert.True(expected[n].Authorization == authorization, $"{requests[n]}: {authorization}, not {expected[n].Authorization}");
            Assert.Equal(expected[n].Date, request.Headers.GetValues("x-amz-date").Single());
            Assert.Equal(requests[n].ContentHash, request.Headers.GetValues("x-amz-content-sha256").Single());
            Assert.Equal(expected[n].Token ?? "", request.Headers.TryGetValues("x-amz-security-token", out var token) ? token.Single() : "");
        }
    }
}
