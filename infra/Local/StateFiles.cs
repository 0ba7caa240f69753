namespace DomainFlow.Local;

/// <summary>Where things lie in the state folder.</summary>
internal static class StateFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Owner = OwnerFile | UnixFileMode.UserExecute;
    private const UnixFileMode Pass = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static string Objects(string state) => Path.Combine(state, "objects");

    public static string Keys(string state) => Path.Combine(state, "keys");

    public static string ObjectsKey(string state) => Path.Combine(Keys(state), "objects.key");

    public static string OperatorKey(string state) => Path.Combine(Keys(state), "operator.key");

    public static string TokenKey(string state) => Path.Combine(Keys(state), "token.pem");

    public static string Log(string state) => Path.Combine(state, "log", "host.log");

    /// <summary>
    /// Gives the folder to its owner alone: others may pass through it, because PostgreSQL runs as another user in a folder below, but read
    /// nothing. What an earlier release left open is closed.
    /// </summary>
    /// <exception cref="HostException">The folder is shared with others, or belongs to another user.</exception>
    public static void Protect(string state)
    {
        try
        {
            Directory.CreateDirectory(state, Owner | Pass);
            if (File.GetUnixFileMode(state).HasFlag(UnixFileMode.StickyBit))
                throw new HostException($"--state {state} is a folder that others write to: name one of the system's own");
            File.SetUnixFileMode(state, Owner | Pass);
            foreach (var folder in (string[])[Keys(state), Objects(state), Path.GetDirectoryName(Log(state))!]) Directory.CreateDirectory(folder, Owner);
            foreach (var folder in Directory.EnumerateDirectories(state))
            {
                if (Path.GetFileName(folder) != "postgres") File.SetUnixFileMode(folder, Owner);
            }

            foreach (var file in Directory.EnumerateFiles(state).Concat(Directory.EnumerateFiles(Keys(state)))) File.SetUnixFileMode(file, OwnerFile);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new HostException($"--state {state} must belong to the user who runs the system: {e.Message}", e);
        }
    }

    /// <summary>
    /// The content of a file that is made once, readable by its owner alone. Two processes that make it at once agree on one content.
    /// </summary>
    public static string ReadOrMake(string path, Func<string> make)
    {
        if (File.Exists(path)) return File.ReadAllText(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, Owner);
        var temporary = $"{path}.{Environment.ProcessId}";
        var mode = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerFile };
        using (var writer = new StreamWriter(temporary, mode)) writer.Write(make());
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }

        return File.ReadAllText(path);
    }
}
