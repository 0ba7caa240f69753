using System.CommandLine;
using DomainFlow.Local.Client.Ask;
using DomainFlow.Local.Client.Demo;
using DomainFlow.Local.Client.Export;
using DomainFlow.Local.Client.Import;
using DomainFlow.Local.Client.Learn;
using DomainFlow.Local.Client.Tenants;
using DomainFlow.Local.Client.Upkeep;
using DomainFlow.Local.Commands;

var root = new RootCommand("DomainFlow on one machine: the functions' own executables behind a gateway, queues and an object store.")
{
    ServeCommand.Create(),
    TokenCommand.Create(),
    TenantCommand.Create(),
    DemoCommand.Create(),
    ImportCommand.Create(),
    ExportCommand.Create(),
    InstallCommand.Create(),
    AskCommand.Create(),
    DeadLetterCommands.CreateList(),
    DeadLetterCommands.CreateRedrive(),
    ReconcileCommand.Create(),
    ReprocessCommand.Create(),
};
// After Ctrl-C a command says how far it came, also on a machine that is busy.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
