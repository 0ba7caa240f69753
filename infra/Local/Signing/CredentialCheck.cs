namespace DomainFlow.Local.Signing;

internal enum CredentialCheck
{
    Valid,

    /// <summary>Another day, region or service, or no credential at all.</summary>
    WrongScope,

    UnknownKey,
}
