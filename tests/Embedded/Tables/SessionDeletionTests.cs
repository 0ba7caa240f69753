using System.Text.Json.Nodes;
using DomainFlow.Domain.Queries;
using DomainFlow.Domain.Storage;
using DomainFlow.Domain.Tenancy;
using DomainFlow.Embedded.Tests.Support;

namespace DomainFlow.Embedded.Tests.Tables;

/// <summary>Nothing of a deleted session is kept, though DynamoDB's indexes show late what their tables hold already.</summary>
public sealed class SessionDeletionTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly Caller caller = new(Guid.NewGuid(), Guid.NewGuid(), "a", null, new HashSet<string>());

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Messages_that_the_index_shows_late_are_deleted_too(int late)
    {
        var store = new EmbeddedTables(database.Functions, TimeProvider.System);
        var table = new LateIndex(store, late);
        var book = new SessionBook(table, TimeProvider.System);
        var session = await OpenAsync(book);
        var ids = await SayAsync(store, session);
        await book.DeleteAsync(session with { Version = 1, MessageCount = 0 }, caller, default); // as it was read before the answer came
        Assert.Null(await book.FindAsync(session.SessionId, caller, default));
        foreach (var id in ids) Assert.Null(await store.GetAsync(Topology.Tables.Messages, new(id), caller.Tenant, default));
    }

    private async Task<Session> OpenAsync(SessionBook book)
    {
        var now = TimeProvider.System.GetUtcNow();
        var session = new Session
        {
            SessionId = Guid.NewGuid(),
            UserId = caller.User,
            TenantId = caller.Tenant,
            DomainId = "d",
            Title = "t",
            LastActivity = now,
            CreatedAt = now,
            UpdatedAt = now,
            ExpiresAt = (now + SessionBook.Lifetime).ToUnixTimeSeconds(),
        };
        Assert.True(await book.AddAsync(session, default));
        return session;
    }

    private static async Task<IReadOnlyList<string>> SayAsync(EmbeddedTables store, Session session)
    {
        SessionMessage Message(string role) => new()
        {
            MessageId = Guid.NewGuid(),
            SessionId = session.SessionId,
            TenantId = session.TenantId,
            Role = role,
            Content = "x",
            Timestamp = session.CreatedAt,
            ExpiresAt = session.ExpiresAt,
        };
        SessionMessage[] said = [Message("user"), Message("assistant")];
        Assert.Null(await store.TransactAsync(SessionBook.Appending(session, said[0], said[1], session.CreatedAt), session.TenantId, default));
        return [.. said.Select(message => message.MessageId.ToString())];
    }

    /// <summary>Shows nothing at the first so many queries of messages.</summary>
    private sealed class LateIndex(ITableStore inner, int late) : ITableStore
    {
        private int left = late;

        public Task<JsonObject?> GetAsync(string table, ItemKey key, Guid tenant, CancellationToken cancellationToken) =>
            inner.GetAsync(table, key, tenant, cancellationToken);

        public Task<JsonObject?> GetForWorkerAsync(string table, ItemKey key, CancellationToken cancellationToken) =>
            inner.GetForWorkerAsync(table, key, cancellationToken);

        public Task<bool> WriteAsync(TableWrite write, Guid tenant, CancellationToken cancellationToken) => inner.WriteAsync(write, tenant, cancellationToken);

        public Task<int?> TransactAsync(IReadOnlyList<TableWrite> writes, Guid tenant, CancellationToken cancellationToken) =>
            inner.TransactAsync(writes, tenant, cancellationToken);

        public Task DeleteManyAsync(string table, IReadOnlyList<ItemKey> keys, Guid tenant, CancellationToken cancellationToken) =>
            inner.DeleteManyAsync(table, keys, tenant, cancellationToken);

        public Task<ItemPage> QueryAsync(string table, ItemQuery query, Guid tenant, CancellationToken cancellationToken) =>
            left-- > 0 ? Task.FromResult(new ItemPage([], null)) : inner.QueryAsync(table, query, tenant, cancellationToken);

        public Task<ItemPage> QueryForWorkerAsync(string table, ItemQuery query, CancellationToken cancellationToken) =>
            inner.QueryForWorkerAsync(table, query, cancellationToken);
    }
}
