using DomainFlow.Domain.Json;
using DomainFlow.Domain.Storage;

namespace DomainFlow.Domain.Reports;

/// <summary>The items of Reports.</summary>
public sealed class ReportBook(ITableStore tables) : ItemBook<Report>(tables, "Reports", "incident_id", DomainJson.Default.Report);
