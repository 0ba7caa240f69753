using System.CommandLine;
using DomainFlow.Quality.Commands;

var root = new RootCommand("Learns a domain from a city's own reports, and measures how well reports are read.")
{
    LearnCommand.Create(),
    EvaluateCommand.Create(),
};
var parsed = root.Parse(args);
if (Environment.GetEnvironmentVariable("DOMAINFLOW_PARSE_ONLY") is { Length: > 0 })
{
    // ./run asks so whether a command line is right, before it starts or builds anything.
    foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
    return parsed.Errors.Count == 0 ? 0 : 1;
}

return await parsed.InvokeAsync();
