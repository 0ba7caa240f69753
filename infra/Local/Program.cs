using System.CommandLine;
using DomainFlow.Local.Client.Ask;
using DomainFlow.Local.Client.Demo;
using DomainFlow.Local.Client.Import;
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
    AskCommand.Create(),
    DeadLetterCommands.CreateList(),
    DeadLetterCommands.CreateRedrive(),
    ReconcileCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
