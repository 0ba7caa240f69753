using System.Globalization;
using System.Text.RegularExpressions;
using DomainFlow.Domain.Search;
using DomainFlow.Hosting;
using DomainFlow.Search;

namespace DomainFlow.Composition;

/// <summary>How search is used, by SEARCH_BACKEND, OPENSEARCH_ENDPOINT and the SEARCH_* variables; one that is not set changes nothing.</summary>
public static partial class SearchSettings
{
    private const int LeastDimensions = 128;
    private const int MostDimensions = 4096;

    /// <summary>Length of the embeddings, which the model is asked for and the index is made for.</summary>
    /// <exception cref="ConfigurationException">SEARCH_DIMENSIONS is none that a model and the search have.</exception>
    public static int Dimensions(Func<string, string?> variable)
    {
        var dimensions = Number(variable, "SEARCH_DIMENSIONS", LeastDimensions, MostDimensions) ?? SearchIndexes.Dimensions;
        return dimensions == SearchIndexes.Dimensions || variable("SEARCH_BACKEND") == "opensearch"
            ? dimensions
            : throw new ConfigurationException($"SEARCH_DIMENSIONS is {dimensions}: with SEARCH_BACKEND=postgres embeddings have {SearchIndexes.Dimensions}");
    }

    /// <summary>What is reached over TLS is signed for.</summary>
    /// <returns>Null where PostgreSQL searches.</returns>
    /// <exception cref="ConfigurationException">A variable says what cannot be; the message names it.</exception>
    public static OpenSearchOptions? Read(Func<string, string?> variable, TimeProvider clock)
    {
        if (variable("SEARCH_BACKEND") != "opensearch")
            return null;
        var endpoint = Endpoint(variable("OPENSEARCH_ENDPOINT"));
        var service = Choice(variable, "SEARCH_SERVICE", ("domain", SearchService.Domain), ("serverless", SearchService.Serverless));
        var options = new OpenSearchOptions(endpoint)
        {
            IsSigned = endpoint.Scheme == "https",
            Service = service ?? (Collection().IsMatch(endpoint.Host) ? SearchService.Serverless : SearchService.Domain),
            Dimensions = Dimensions(variable),
            IndexPrefix = Prefix(variable("SEARCH_INDEX_PREFIX")),
            Clock = clock,
        };
        return options.Service == SearchService.Serverless ? OnServerless(options, variable) : OnDomain(options, variable);
    }

    private static OpenSearchOptions OnDomain(OpenSearchOptions options, Func<string, string?> variable) => options with
    {
        Engine = Choice(variable, "SEARCH_ENGINE", ("faiss", VectorEngine.Faiss), ("lucene", VectorEngine.Lucene)) ?? options.Engine,
        Shards = Number(variable, "SEARCH_SHARDS", 1, 1024) ?? options.Shards,
        Replicas = Number(variable, "SEARCH_REPLICAS", 0, 20),
    };

    private static OpenSearchOptions OnServerless(OpenSearchOptions options, Func<string, string?> variable)
    {
        foreach (var name in new[] { "SEARCH_ENGINE", "SEARCH_SHARDS", "SEARCH_REPLICAS" })
        {
            if (variable(name) is { Length: > 0 })
                throw new ConfigurationException($"{name} is set, but a Serverless collection chooses that itself: leave it out");
        }

        return options;
    }

    /// <summary>A classic collection and the next generation's own kinds of address are told apart by their host names.</summary>
    private static Uri Endpoint(string? text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
            throw new ConfigurationException("OPENSEARCH_ENDPOINT must be an http or https address");
        if (ClassicCollection().IsMatch(endpoint.Host))
        {
            throw new ConfigurationException(
                "OPENSEARCH_ENDPOINT is a classic Serverless collection, which makes the ids of its documents itself: a repeated or late write could not "
                + "be told from a new one. Use a next-generation collection (ID.aoss.REGION.on.aws) or a managed domain");
        }

        return AccountEndpoint().IsMatch(endpoint.Host)
            ? throw new ConfigurationException("OPENSEARCH_ENDPOINT is an account's endpoint: name the collection's own (ID.aoss.REGION.on.aws)")
            : endpoint;
    }

    private static string Prefix(string? prefix) =>
        string.IsNullOrEmpty(prefix) ? ""
        : PrefixPattern().IsMatch(prefix) ? prefix
        : throw new ConfigurationException("SEARCH_INDEX_PREFIX must be lower-case letters, digits and hyphens, at most 40, with a letter first");

    private static int? Number(Func<string, string?> variable, string name, int least, int most) => variable(name) switch
    {
        null or "" => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most => number,
        var text => throw new ConfigurationException($"{name} is '{text}': a whole number from {least} to {most} is needed"),
    };

    private static T? Choice<T>(Func<string, string?> variable, string name, params (string Name, T Value)[] choices)
        where T : struct
    {
        if (variable(name) is not { Length: > 0 } text)
            return null;
        var found = choices.Where(choice => choice.Name == text).ToList();
        return found.Count > 0
            ? found[0].Value
            : throw new ConfigurationException($"{name} is '{text}': must be {string.Join(" or ", choices.Select(choice => choice.Name))}");
    }

    [GeneratedRegex(@"\.aoss(-fips)?\.[a-z0-9-]+\.on\.aws$")]
    private static partial Regex Collection();

    [GeneratedRegex(@"\.aoss(-fips)?\.amazonaws\.com(\.cn)?$")]
    private static partial Regex ClassicCollection();

    [GeneratedRegex(@"^[0-9]{12}\.aoss(-fips)?\.[a-z0-9-]+\.on\.aws$")]
    private static partial Regex AccountEndpoint();

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$")]
    private static partial Regex PrefixPattern();
}
