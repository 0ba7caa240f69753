using DomainFlow.DbInit;
using DomainFlow.Hosting;
using DomainFlow.Topology;

await FunctionHost.RunAsync(SystemMap.DbInit, DbInitFunction.WireAsync);
