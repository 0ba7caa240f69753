using DomainFlow.Domain.Search;
using DomainFlow.Embedded.Tests.Contracts;
using DomainFlow.Search;

namespace DomainFlow.Stores.Tests.Search;

[Collection(OpenSearchCollection.Name)]
public sealed class OpenSearchContractTests(OpenSearchNode node) : SearchIndexContract
{
    protected override ISearchIndex Index => new OpenSearchIndex(node.Options("faiss"));
}

[Collection(OpenSearchCollection.Name)]
public sealed class OpenSearchOnLuceneTests(OpenSearchNode node) : SearchIndexContract
{
    protected override ISearchIndex Index => new OpenSearchIndex(node.Options("lucene") with { Engine = VectorEngine.Lucene });
}

[Collection(OpenSearchCollection.Name)]
public sealed class OpenSearchLanguageTests(OpenSearchNode node) : SearchLanguageContract
{
    protected override ISearchIndex Index => new OpenSearchIndex(node.Options("words"));
}

[Collection(OpenSearchCollection.Name)]
public sealed class OpenSearchDocumentTests(OpenSearchNode node) : StoredDocumentContract
{
    protected override ISearchIndex Index => new OpenSearchIndex(node.Options("stored"));
}
