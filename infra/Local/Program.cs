using System.CommandLine;
using DomainFlow.Local.Commands;

var root = new RootCommand("DomainFlow on one machine: the functions' own executables behind a gateway, queues and an object store.")
{
    ServeCommand.Create(),
    TokenCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
