namespace DomainFlow.Local.Console;

internal enum LogLevel
{
    Debug,
    Info,
    Warning,
    Error,
}

/// <summary>One readable log, on the terminal and in a file: time, who, level, message.</summary>
internal sealed class HostLog : IDisposable
{
    private const long StandardFileBytes = 20 * 1024 * 1024;
    private const int Generations = 3;
    private const int NameWidth = 12;

    private readonly Action<string> print;
    private readonly bool colour;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly long maxFileBytes;
    private RotatingFile? file;

    /// <param name="maxFileBytes">Largest size of the file, of which three earlier ones are kept.</param>
    public HostLog(Action<string> print, bool colour, TimeProvider clock, long maxFileBytes = StandardFileBytes)
    {
        this.print = print;
        this.colour = colour;
        this.clock = clock;
        this.maxFileBytes = maxFileBytes;
    }

    /// <summary>Writes to this file too from now on. Past its bound it is set aside and a new one begun.</summary>
    public void OpenFile(string path)
    {
        lock (gate) file = new RotatingFile(path, maxFileBytes, Generations);
    }

    public void Write(string name, LogLevel level, string message)
    {
        var now = clock.GetUtcNow();
        var (word, code) = level switch
        {
            LogLevel.Debug => ("debug", "90"),
            LogLevel.Info => ("info ", "0"),
            LogLevel.Warning => ("warn ", "33"),
            _ => ("error", "31"),
        };
        message = message.ReplaceLineEndings(" ");
        lock (gate)
        {
            file?.WriteLine($"{now:yyyy-MM-ddTHH:mm:ss.fffZ} {name.PadRight(NameWidth)} {word} {message}");
            var time = TimeZoneInfo.ConvertTime(now, clock.LocalTimeZone).ToString("HH:mm:ss.fff");
            print(colour
                ? $"\e[90m{time}\e[0m \e[36m{name.PadRight(NameWidth)}\e[0m \e[{code}m{word} {message}\e[0m"
                : $"{time} {name.PadRight(NameWidth)} {word} {message}");
        }
    }

    /// <summary>What a function printed. Metrics are for machines: they go to the file alone.</summary>
    public void FunctionLine(string name, string line)
    {
        if (FunctionOutput.Parse(line) is { } parsed) Write(name, parsed.Level, parsed.Message);
        else lock (gate) file?.WriteLine($"{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {name.PadRight(NameWidth)} data  {line}");
    }

    /// <summary>A line for people and scripts, without time or name.</summary>
    public void Plain(string line)
    {
        lock (gate)
        {
            file?.WriteLine(line);
            print(line);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            file?.Dispose();
            file = null;
        }
    }
}
