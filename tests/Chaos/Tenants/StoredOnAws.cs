using System.Text;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Topology;

namespace DomainFlow.Chaos.Tests.Tenants;

/// <summary>What the servers hold that a system on AWS's stores runs on: items, objects and search documents, each with its tenant.</summary>
internal sealed class StoredOnAws(AwsServers servers, Action<string, Guid, string> see)
{
    private const string Region = "local-1";
    private const string Vector = "text_embedding";

    private readonly BasicAWSCredentials _credentials = new(servers.S3.Settings["S3_ACCESS_KEY"], servers.S3.Settings["S3_SECRET_KEY"]);

    public async Task LookAsync()
    {
        await LookAtTablesAsync();
        await LookAtObjectsAsync();
        await LookAtDocumentsAsync();
    }

    private async Task LookAtTablesAsync()
    {
        var place = new AmazonDynamoDBConfig { ServiceURL = servers.DynamoDb.Settings["DYNAMODB_URL"], AuthenticationRegion = Region };
        using var client = new AmazonDynamoDBClient(_credentials, place);
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
        var place = new AmazonS3Config { ServiceURL = servers.S3.Settings["S3_URL"], AuthenticationRegion = Region, ForcePathStyle = true };
        using var client = new AmazonS3Client(_credentials, place);
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
