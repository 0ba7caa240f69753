using DomainFlow.Hosting;
using DomainFlow.Synthesis;
using DomainFlow.Topology;

await FunctionHost.RunAsync(SystemMap.Synthesis, SynthesisFunction.WireAsync);
