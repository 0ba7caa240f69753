using System.Text;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Topology;

namespace DomainFlow.Chaos.Tests.Tenants;

/// <summary>What the servers hold that a system on AWS's stores runs on: items, objects and search documents, each with its tenant.</summary>
internal sealed class StoredOnAws(AwsServers servers, Action<string, Guid, string> see)
{
    private const string Vector = "text_embedding";

    public async Task LookAsync()
    {
        await LookAtTablesAsync();
        await LookAtObjectsAsync();
        await LookAtDocumentsAsync();
    }

    private async Task LookAtTablesAsync()
    {
        using var client = servers.DynamoDbClient();
        foreach (var table in SystemMap.Tables)
        {
            var request = new ScanRequest { TableName = table.Name, ConsistentRead = true };
            do
            {
                var page = await client.ScanAsync(request);
                foreach (var item in page.Items.Where(item => item.ContainsKey("tenant_id")))
                {
                    var said = item.Where(pair => pair.Key != "tenant_id").Select(pair => Text(pair.Value));
                    see("items", Guid.Parse(item["tenant_id"].S), string.Join('\n', said));
                }

                request.ExclusiveStartKey = page.LastEvaluatedKey;
            }
            while (request.ExclusiveStartKey is { Count: > 0 });
        }
    }

    private static string Text(AttributeValue value) =>
        value.S ?? value.N ?? string.Join('\n', (value.L ?? []).Select(Text).Concat((value.M ?? []).SelectMany(pair => new[] { pair.Key, Text(pair.Value) })));

    private async Task LookAtObjectsAsync()
    {
        using var client = servers.S3Client();
        foreach (var bucket in SystemMap.Buckets)
        {
            var request = new ListObjectsV2Request { BucketName = bucket.Name };
            do
            {
                var page = await client.ListObjectsV2Async(request);
                foreach (var key in (page.S3Objects ?? []).Select(found => found.Key).Where(key => Marks.IdsIn(key).Any()))
                {
                    using var found = await client.GetObjectAsync(bucket.Name, key);
                    using var reader = new StreamReader(found.ResponseStream, Encoding.Latin1);
                    see("objects", Marks.IdsIn(key).First(), key + "\n" + await reader.ReadToEndAsync());
                }

                request.ContinuationToken = page.NextContinuationToken;
            }
            while (request.ContinuationToken is not null);
        }
    }

    private async Task LookAtDocumentsAsync()
    {
        using var http = new HttpClient();
        var url = servers.OpenSearch.Settings["OPENSEARCH_URL"].TrimEnd('/');
        (await http.PostAsync($"{url}/_refresh", null)).Dispose();
        var found = JsonNode.Parse(await http.GetStringAsync($"{url}/incident_embeddings*/_search?size=10000&_source_excludes={Vector}"))!;
        foreach (var hit in found["hits"]!["hits"]!.AsArray())
        {
            var source = hit!["_source"]!.AsObject();
            if (!Guid.TryParse((string?)source["tenant_id"], out var tenant)) continue;
            source.Remove("tenant_id");
            see("documents", tenant, $"{hit["_id"]} {hit["_routing"]}\n{source.ToJsonString()}");
        }
    }
}
