using System.Security.Cryptography;

namespace DomainFlow.Local.Signing;

/// <summary>An AWS-style access key of this machine, kept in a file of the state folder: id, then secret, one a line.</summary>
internal sealed record AccessKey(string Id, string Secret)
{
    /// <summary>The object store's key, which the functions sign their grants with.</summary>
    public static AccessKey OpenObjects(string stateFolder) => Open(StateFiles.ObjectsKey(stateFolder));

    /// <summary>The operator's key: for the Invoke API and the dead letters. No function is given it.</summary>
    public static AccessKey OpenOperator(string stateFolder) => Open(StateFiles.OperatorKey(stateFolder));

    /// <summary>Without the secret, so that no log line can carry it.</summary>
    public override string ToString() => Id;

    private static AccessKey Open(string path)
    {
        var text = StateFiles.ReadOrMake(path, () =>
            $"LOCAL{RandomNumberGenerator.GetHexString(15)}\n{Convert.ToBase64String(RandomNumberGenerator.GetBytes(30))}\n");
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var id, var secret]
            ? new AccessKey(id, secret)
            : throw new HostException($"{path} does not hold an id and a secret, one a line");
    }
}
