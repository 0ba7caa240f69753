using System.Text;
using DomainFlow.Domain.Objects.Signing;

namespace DomainFlow.Embedded.Tests.Objects;

/// <summary>The examples that AWS documents for S3, with its example credentials.</summary>
public sealed class SignatureV4Tests
{
    private readonly SignatureV4 signature = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1");

    [Fact]
    public void A_presigned_get_is_signed_as_documented()
    {
        var address = signature.PresignGet(
            new Uri("https://examplebucket.s3.amazonaws.com/test.txt"), new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero), 86400);
        Assert.Equal(
            "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400"
            + "&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
            address.AbsoluteUri);
    }

    [Fact]
    public void A_post_policy_is_signed_as_documented()
    {
        string[] policy =
        [
            """{ "expiration": "2015-12-30T12:00:00.000Z",""",
            """  "conditions": [""",
            """    {"bucket": "sigv4examplebucket"},""",
            """    ["starts-with", "$key", "user/user1/"],""",
            """    {"acl": "public-read"},""",
            """    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},""",
            """    ["starts-with", "$Content-Type", "image/"],""",
            """    {"x-amz-meta-uuid": "14365123651274"},""",
            """    {"x-amz-server-side-encryption": "AES256"},""",
            """    ["starts-with", "$x-amz-meta-tag", ""],""",
            "",
            """    {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},""",
            """    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},""",
            """    {"x-amz-date": "20151229T000000Z" }""",
            """  ]""",
            """}""",
        ];
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join("\r\n", policy)));
        Assert.Equal(
            "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e",
            signature.SignPolicy(base64, new DateTimeOffset(2015, 12, 29, 0, 0, 0, TimeSpan.Zero)));
    }
}
