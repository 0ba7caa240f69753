using DomainFlow.Domain.Search;
using Npgsql;

namespace DomainFlow.Postgres;

/// <summary>
/// Words of incidents in text_words, each stemmed in the language of its domain. A row of a release that wrote none there is found by its English
/// stems until reconcile projects it again.
/// </summary>
internal sealed class WordCondition
{
    /// <summary>Domains by configuration, English ones left out; empty where every domain asked for is English.</summary>
    private readonly List<(string Configuration, string[] Domains)> _foreign;
    private readonly bool _oneDomain;

    public WordCondition(IncidentFilter filter)
    {
        _oneDomain = filter.DomainId is not null;
        _foreign = [.. (filter.Languages ?? new Dictionary<string, string>())
            .Where(domain => (filter.DomainId is null || domain.Key == filter.DomainId) && !TextLanguage.IsEnglish(domain.Value))
            .GroupBy(domain => TextLanguage.Configuration(domain.Value), domain => domain.Key)
            .Select(group => (group.Key, group.ToArray()))];
    }

    /// <param name="parse">PostgreSQL's function that makes a tsquery of words.</param>
    /// <param name="words">The parameter that holds them, as <see cref="SearchWords"/> makes them.</param>
    public string Sql(string parse, string words)
    {
        string In(string configuration) =>
            $"(text_words @@ {parse}({configuration}, {words}) OR (text_words IS NULL AND text_search @@ {parse}('english', {words})))";
        if (_foreign.Count == 0) return In("'english'");
        if (_oneDomain) return In("@stems0::regconfig");
        var arms = _foreign.Select((_, i) => $"(domain_id = ANY (@stemmed{i}) AND {In($"@stems{i}::regconfig")})");
        return $"({string.Join(" OR ", arms)} OR (NOT domain_id = ANY (@foreign) AND {In("'english'")}))";
    }

    public void Bind(NpgsqlParameterCollection values)
    {
        for (var i = 0; i < _foreign.Count; i++)
        {
            values.AddWithValue($"stems{i}", _foreign[i].Configuration);
            if (!_oneDomain) values.AddWithValue($"stemmed{i}", _foreign[i].Domains);
        }

        if (!_oneDomain && _foreign.Count > 0) values.AddWithValue("foreign", _foreign.SelectMany(f => f.Domains).ToArray());
    }
}
