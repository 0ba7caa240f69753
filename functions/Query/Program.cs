using DomainFlow.Hosting;
using DomainFlow.Query;
using DomainFlow.Topology;

await FunctionHost.RunAsync(SystemMap.Query, QueryFunction.WireAsync);
