using static DomainFlow.Topology.UserGroups;

namespace DomainFlow.Topology;

/// <summary>The REST API's routes, each with the groups that may use it: the one table of rights.</summary>
public static class Routes
{
    public static IReadOnlyList<RouteDefinition> All { get; } =
    [
        new("POST", "/reports", SystemMap.Ingest, "Take a report; grants for its photos come with the answer", Reporters) { OpensToSelfReporting = true },
        new("GET", "/reports", SystemMap.Ingest,
            "List reports, the latest first; with updated_since what changed, in the order in which it was written, under a cursor that goes on for ever",
            Everyone),
        new("GET", "/reports/{id}", SystemMap.Ingest, "One report with what was extracted from it", Everyone),
        new("PUT", "/reports/{id}", SystemMap.Ingest, "Merge management_data, under the version that If-Match names", Reporters),
        new("PATCH", "/reports/{id}", SystemMap.Ingest, "Correct what was extracted", Reporters),
        new("DELETE", "/reports/{id}", SystemMap.Ingest, "Delete a report from every store", Managers),
        new("POST", "/reports/reprocess", SystemMap.Ingest,
            "Run the playbook on all reports that match the list's filters once more, page by page", Managers),
        new("POST", "/reports/{id}/reprocess", SystemMap.Ingest, "Run the playbook on a report once more", Managers),
        new("POST", "/queries", SystemMap.Query, "Ask a question", Everyone),
        new("GET", "/queries/{id}", SystemMap.Query, "A question's state and answer", Everyone),
        new("POST", "/sessions", SystemMap.Query, "Open a chat session", Everyone),
        new("GET", "/sessions", SystemMap.Query, "List the caller's sessions", Everyone),
        new("GET", "/sessions/{id}", SystemMap.Query, "One session", Everyone),
        new("PUT", "/sessions/{id}", SystemMap.Query, "Rename a session", Everyone),
        new("DELETE", "/sessions/{id}", SystemMap.Query, "Delete a session and its messages", Everyone),
        new("GET", "/sessions/{id}/messages", SystemMap.Query, "A session's messages", Everyone),
        new("GET", "/search", SystemMap.Query,
            "What retrieval alone finds, with scores; mode is text, vector or hybrid, by default text while embeddings are hashed, hybrid with a model's",
            Everyone),
        new("GET", "/data/geo", SystemMap.Query, "Reports within a bbox as GeoJSON; past 1,000 as clusters, no finer than zoom", Everyone),
        new("GET", "/data/aggregated", SystemMap.Query, "Counts of reports by group_by and interval", Everyone),
        new("GET", "/domains", SystemMap.Query, "List the tenant's domains", Everyone),
        new("GET", "/domains/{domain_id}", SystemMap.Query, "One domain: its categories, status transitions, time zone and language", Everyone),
        new("GET", "/me", SystemMap.Query, "Who calls, and which routes the caller may use", Everyone),
        new("GET", "/health", SystemMap.Query, "Whether the service and its database answer") { Public = true },
        new("GET", "/openapi.json", SystemMap.Query, "This interface, described") { Public = true },
    ];
}
