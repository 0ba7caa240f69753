using System.Globalization;
using System.Text.Json.Nodes;

namespace DomainFlow.Local.Client.Import;

/// <summary>What is sent as a report's text.</summary>
internal static class ReportText
{
    /// <summary>Summary and description, without saying the same twice: a description that begins with the summary stands alone.</summary>
    public static string Of(string summary, string description)
    {
        var (first, rest) = (summary.Trim(), description.Trim());
        return rest.Length == 0 ? first
            : first.Length == 0 || rest.StartsWith(first, StringComparison.OrdinalIgnoreCase) ? rest
            : $"{first}\n{rest}";
    }
}

/// <summary>What the source knew already: kept beside the report, not shown to the playbook.</summary>
internal static class ReportLabels
{
    /// <summary>Empty fields are left out; a latitude or longitude that is no number stays as it is written.</summary>
    public static JsonObject Of(string externalId, string category, string status, string address, string lat, string lng)
    {
        var labels = new JsonObject { ["external_id"] = externalId };
        foreach (var (name, value) in new[] { ("category", category), ("status", status), ("address", address) })
        {
            if (value.Length > 0) labels[name] = value;
        }

        foreach (var (name, value) in new[] { ("lat", lat), ("lon", lng) })
        {
            if (value.Length > 0) labels[name] = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && double.IsFinite(degrees) ? degrees : value;
        }

        return labels;
    }
}
