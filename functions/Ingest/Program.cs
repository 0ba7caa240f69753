using DomainFlow.Hosting;
using DomainFlow.Ingest;
using DomainFlow.Topology;

await FunctionHost.RunAsync(SystemMap.Ingest, IngestFunction.WireAsync);
