using DomainFlow.Local.Gateway;
using DomainFlow.Topology;

namespace DomainFlow.Local.Client.Api;

/// <summary>Tokens for one user of one tenant, made anew before they expire.</summary>
internal sealed class TokenSource(string stateFolder, Guid tenant, Guid user, TimeProvider clock)
{
    /// <summary>The group of whoever acts from the command line.</summary>
    public const string Group = UserGroups.Admin;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private string? token;
    private DateTimeOffset renewAt;

    public string Current()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (token is null || now >= renewAt)
            {
                token = Mint(Lifetime);
                renewAt = now + (Lifetime / 2);
            }

            return token;
        }
    }

    public string Mint(TimeSpan lifetime)
    {
        if (!File.Exists(StateFiles.TokenKey(stateFolder)))
            throw new ClientException($"--state {stateFolder} holds no token key: it is not the state folder of a running system");
        try
        {
            using var key = TokenKey.Open(stateFolder);
            var request = new TokenRequest(tenant, user, lifetime) { Email = "demo@example.org", Username = "demo", Groups = [Group] };
            return key.Mint(request, clock.GetUtcNow());
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ClientException($"the token key in --state {stateFolder} may not be read: {e.Message}", e);
        }
    }
}
