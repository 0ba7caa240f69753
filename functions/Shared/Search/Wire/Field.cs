namespace DomainFlow.Search.Wire;

/// <summary>Names of an index's fields.</summary>
internal static class Field
{
    public const string Incident = "incident_id";
    public const string Tenant = "tenant_id";
    public const string Domain = "domain_id";
    public const string Text = "text_content";
    public const string CreatedAt = "created_at";
    public const string Vector = "text_embedding";

    /// <summary>A tombstone: it has neither words nor vector.</summary>
    public const string Deleted = "deleted";

    /// <summary>An object with one field a language, of which a document fills its own.</summary>
    public const string Words = "words";

    /// <summary>In <see cref="Words"/>: every document's words as they stand, for who asks in another language.</summary>
    public const string AnyLanguage = "any";

    /// <summary>Below a language's words: words that stand side by side.</summary>
    public const string Pairs = "pairs";
}
