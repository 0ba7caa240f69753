namespace DomainFlow.Local;

/// <summary>Where things lie in the state folder.</summary>
internal static class StateFiles
{
    public static string Objects(string state) => Path.Combine(state, "objects");

    public static string Keys(string state) => Path.Combine(state, "keys");

    public static string ObjectsKey(string state) => Path.Combine(Keys(state), "objects.key");

    public static string TokenKey(string state) => Path.Combine(Keys(state), "token.pem");

    public static string Log(string state) => Path.Combine(state, "log", "host.log");

    /// <summary>
    /// The content of a file that is made once, readable by its owner alone. Two processes that make it at once agree on one content.
    /// </summary>
    public static string ReadOrMake(string path, Func<string> make)
    {
        if (File.Exists(path)) return File.ReadAllText(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var temporary = $"{path}.{Environment.ProcessId}";
        var mode = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
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
