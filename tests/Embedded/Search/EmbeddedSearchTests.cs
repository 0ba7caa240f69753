using DomainFlow.Domain.Search;
using DomainFlow.Embedded.Search;
using DomainFlow.Embedded.Tests.Contracts;
using DomainFlow.Embedded.Tests.Support;

namespace DomainFlow.Embedded.Tests.Search;

public sealed class EmbeddedSearchTests(TestDatabase database) : SearchIndexContract, IClassFixture<TestDatabase>
{
    protected override ISearchIndex Index => new EmbeddedSearch(database.Functions);
}

/// <summary>The same, with memory for hardly any vectors: tenants are put out of the cache, or read from the store at each search.</summary>
public sealed class EmbeddedSearchWithLittleMemoryTests(TestDatabase database) : SearchIndexContract, IClassFixture<TestDatabase>
{
    protected override ISearchIndex Index => new EmbeddedSearch(database.Functions, 20 * StoredVector.Bytes);
}

public sealed class EmbeddedLanguageTests(TestDatabase database) : SearchLanguageContract, IClassFixture<TestDatabase>
{
    protected override ISearchIndex Index => new EmbeddedSearch(database.Functions);
}

public sealed class EmbeddedDocumentTests(TestDatabase database) : StoredDocumentContract, IClassFixture<TestDatabase>
{
    protected override ISearchIndex Index => new EmbeddedSearch(database.Functions);
}
