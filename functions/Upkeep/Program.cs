using DomainFlow.Hosting;
using DomainFlow.Topology;
using DomainFlow.Upkeep;

await FunctionHost.RunAsync(SystemMap.Upkeep, UpkeepFunction.WireAsync);
