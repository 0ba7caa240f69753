using System.CommandLine;
using DomainFlow.Quality.Commands;

var root = new RootCommand("Learns a domain from a city's own reports, and measures how well reports are read.")
{
    LearnCommand.Create(),
    EvaluateCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
