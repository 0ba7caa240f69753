using System.Text;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.DocumentModel;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using DomainFlow.Topology;
using Npgsql;
using NpgsqlTypes;

namespace DomainFlow.EndToEnd.Tests.Running;

/// <summary>
/// Copies what the AWS adapters stored into tables of the embedded stores' names and columns, so that one set of statements looks at either.
/// </summary>
/// <param name="database">Connection string of a role that owns schema embedded, or may make it.</param>
public sealed class AwsMirror(string database, Uri dynamoDb, Uri openSearch)
{
    private const string Tables = """
        CREATE SCHEMA IF NOT EXISTS embedded;
        CREATE TABLE IF NOT EXISTS embedded.items (table_name text, partition_key text, sort_key text, tenant_id uuid, item jsonb, version bigint);
        CREATE TABLE IF NOT EXISTS embedded.index_entries
            (table_name text, index_name text, index_partition text, index_sort text, partition_key text, sort_key text);
        CREATE TABLE IF NOT EXISTS embedded.changes (keys jsonb);
        CREATE TABLE IF NOT EXISTS embedded.search_documents (index_name text, tenant_id uuid, id uuid, version bigint, watermark bigint, deleted boolean,
            domain_id text, text_content text, text_vector tsvector, embedding bytea, created_at timestamptz);
        TRUNCATE embedded.items, embedded.index_entries, embedded.search_documents;
        """;

    private const string AddItems = """
        INSERT INTO embedded.items (table_name, partition_key, sort_key, tenant_id, item, version)
        SELECT @table, item ->> @key, '', (item ->> 'tenant_id')::uuid, item, (item ->> 'version')::bigint FROM jsonb_array_elements(@items) item;
        INSERT INTO embedded.index_entries (table_name, index_name, index_partition, index_sort, partition_key, sort_key)
        SELECT @table, 'unfinished-index', item ->> 'unfinished_shard', '', item ->> @key, '' FROM jsonb_array_elements(@items) item WHERE item ? 'unfinished_shard'
        """;

    private const string AddDocuments = """
        INSERT INTO embedded.search_documents
            (index_name, tenant_id, id, version, watermark, deleted, domain_id, text_content, text_vector, embedding, created_at)
        SELECT 'incident_embeddings', (d ->> 'tenant_id')::uuid, (d ->> 'incident_id')::uuid, (d ->> 'version')::bigint, 0,
            coalesce((d ->> 'deleted')::boolean, false), d ->> 'domain_id', d ->> 'text_content', '', convert_to(d ->> 'text_embedding', 'UTF8'), now()
        FROM jsonb_array_elements(@documents) d
        """;

    private const int PageSize = 1000;

    private static readonly HttpClient Http = new();

    /// <summary>Everything, as it is now, in place of what was copied before.</summary>
    public async Task CopyAsync()
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var tables = new NpgsqlCommand(Tables, connection, transaction)) await tables.ExecuteNonQueryAsync();
        foreach (var table in SystemMap.Tables)
        {
            await using var add = new NpgsqlCommand(AddItems, connection, transaction);
            add.Parameters.AddWithValue("table", table.Name);
            add.Parameters.AddWithValue("key", table.PartitionKey);
            add.Parameters.AddWithValue("items", NpgsqlDbType.Jsonb, await ItemsAsync(table));
            await add.ExecuteNonQueryAsync();
        }

        await using (var add = new NpgsqlCommand(AddDocuments, connection, transaction))
        {
            add.Parameters.AddWithValue("documents", NpgsqlDbType.Jsonb, await DocumentsAsync());
            await add.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    private async Task<string> ItemsAsync(TableDefinition table)
    {
        using var client = new AmazonDynamoDBClient(new BasicAWSCredentials("test", "test"), new AmazonDynamoDBConfig { ServiceURL = dynamoDb.AbsoluteUri });
        var items = new List<string>();
        Dictionary<string, AttributeValue>? next = null;
        do
        {
            var page = await client.ScanAsync(new ScanRequest { TableName = table.Name, ExclusiveStartKey = next, ConsistentRead = true });
            items.AddRange((page.Items ?? []).Select(item => Document.FromAttributeMap(item).ToJson()));
            next = page.LastEvaluatedKey is { Count: > 0 } last ? last : null;
        }
        while (next is not null);
        return $"[{string.Join(',', items)}]";
    }

    /// <summary>All documents and tombstones, with the versions that their writers gave them.</summary>
    private async Task<string> DocumentsAsync()
    {
        var index = new Uri(openSearch, "/incident_embeddings").AbsoluteUri;
        (await Http.PostAsync(index + "/_refresh", null)).EnsureSuccessStatusCode();
        var documents = new JsonArray();
        for (JsonNode? after = null; ;)
        {
            var query = new JsonObject
            {
                ["size"] = PageSize,
                ["version"] = true,
                ["sort"] = new JsonArray(new JsonObject { ["incident_id"] = "asc" }),
            };
            if (after is not null) query["search_after"] = after.DeepClone();
            using var answer = await Http.PostAsync(index + "/_search", new StringContent(query.ToJsonString(), Encoding.UTF8, "application/json"));
            answer.EnsureSuccessStatusCode();
            var hits = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["hits"]!["hits"]!.AsArray();
            foreach (var hit in hits)
            {
                var document = hit!["_source"]!.DeepClone().AsObject();
                // OpenSearch's number is twice ours, and one more for a tombstone.
                document["version"] = (long)hit["_version"]! / 2;
                documents.Add(document);
            }

            if (hits.Count < PageSize) return documents.ToJsonString();
            after = hits[^1]!["sort"];
        }
    }
}
