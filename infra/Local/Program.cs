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
    CredentialsCommand.Create(),
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
var parsed = root.Parse(args);
// After Ctrl-C a command says how far it came, also on a machine that is busy. The host takes its signals itself.
TimeSpan? ending = parsed.CommandResult.Command.Name == ServeCommand.Name ? null : TimeSpan.FromSeconds(20);
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = ending });
