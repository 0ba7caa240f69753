using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DomainFlow.DbInit.Schema;

/// <summary>What PostgreSQL keeps in place of a password (RFC 5802, RFC 7677): <c>SCRAM-SHA-256$4096:salt$StoredKey:ServerKey</c>.</summary>
public static class ScramVerifier
{
    private const int Iterations = 4096;
    private const int SaltBytes = 16;

    /// <param name="password">Printable ASCII, for which SASLprep changes nothing.</param>
    public static string Make(string password) => Make(password, RandomNumberGenerator.GetBytes(SaltBytes), Iterations);

    public static string Make(string password, byte[] salt, int iterations)
    {
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var storedKey = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var serverKey = HMACSHA256.HashData(salted, "Server Key"u8);
        return string.Create(CultureInfo.InvariantCulture,
            $"SCRAM-SHA-256${iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(storedKey)}:{Convert.ToBase64String(serverKey)}");
    }
}
