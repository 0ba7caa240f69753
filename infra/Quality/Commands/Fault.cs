namespace DomainFlow.Quality.Commands;

/// <summary>What a command cannot go on with, said for the person who typed it.</summary>
internal sealed class Fault(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Runs a command; a fault becomes one line and exit code 1.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (Fault fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }
}
