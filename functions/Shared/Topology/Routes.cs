namespace DomainFlow.Topology;

/// <summary>The REST API's routes.</summary>
public static class Routes
{
    public static IReadOnlyList<RouteDefinition> All { get; } =
    [
        new("POST", "/reports", SystemMap.Ingest, "Take a report; grants for its photos come with the answer"),
        new("GET", "/reports", SystemMap.Ingest,
            "List reports, the latest first; with updated_since what changed, in the order in which it was written, under a cursor that goes on for ever"),
        new("GET", "/reports/{id}", SystemMap.Ingest, "One report with what was extracted from it"),
        new("PUT", "/reports/{id}", SystemMap.Ingest, "Merge management_data, under the version that If-Match names"),
        new("PATCH", "/reports/{id}", SystemMap.Ingest, "Correct what was extracted"),
        new("DELETE", "/reports/{id}", SystemMap.Ingest, "Delete a report from every store"),
        new("POST", "/reports/reprocess", SystemMap.Ingest, "Run the playbook on all reports that match the list's filters once more, page by page"),
        new("POST", "/reports/{id}/reprocess", SystemMap.Ingest, "Run the playbook on a report once more"),
        new("POST", "/queries", SystemMap.Query, "Ask a question"),
        new("GET", "/queries/{id}", SystemMap.Query, "A question's state and answer"),
        new("POST", "/sessions", SystemMap.Query, "Open a chat session"),
        new("GET", "/sessions", SystemMap.Query, "List the caller's sessions"),
        new("GET", "/sessions/{id}", SystemMap.Query, "One session"),
        new("PUT", "/sessions/{id}", SystemMap.Query, "Rename a session"),
        new("DELETE", "/sessions/{id}", SystemMap.Query, "Delete a session and its messages"),
        new("GET", "/sessions/{id}/messages", SystemMap.Query, "A session's messages"),
        new("GET", "/search", SystemMap.Query, "What retrieval alone finds, with scores"),
        new("GET", "/data/geo", SystemMap.Query, "Reports within a bbox as GeoJSON; past 1,000 as clusters, no finer than zoom"),
        new("GET", "/data/aggregated", SystemMap.Query, "Counts of reports by group_by and interval"),
        new("GET", "/openapi.json", SystemMap.Query, "This interface, described", Public: true),
    ];
}
