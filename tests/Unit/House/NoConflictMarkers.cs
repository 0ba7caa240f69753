using System.Diagnostics;
using System.Text;
using Xunit;

namespace DomainFlow.Unit.Tests.House;

/// <summary>A merge that was not finished is seen here, in whatever file it is.</summary>
public class NoConflictMarkers
{
    // Made of parts, so that this file does not hold them itself.
    private static readonly string[] Markers = [new string('<', 7) + ' ', new string('>', 7) + ' ', new string('|', 7) + ' '];

    private static readonly string[] NotSource = [".git", ".build", "artifacts", "node_modules", "dist", "cdk.out", ".domainflow", ".domainflow-aws", "bin", "obj"];

    [Fact]
    public async Task No_tracked_file_holds_a_merge_conflict_marker()
    {
        var found = new List<string>();
        foreach (var path in await FilesAsync())
        {
            foreach (var line in MarkedLines(await File.ReadAllBytesAsync(path))) found.Add($"{Path.GetRelativePath(Repository.Root, path)}:{line}");
        }

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("one\n{0}HEAD\ntwo", 0, 2)]
    [InlineData("{0}branch\r\n", 1, 1)]
    [InlineData("\n\n{0}base\n", 2, 3)]
    public void A_marker_is_found_at_the_start_of_a_line(string text, int marker, int line) =>
        Assert.Equal([line], MarkedLines(Encoding.UTF8.GetBytes(string.Format(null, text, Markers[marker]))));

    [Theory]
    [InlineData("x {0}HEAD\n")]
    [InlineData("{0}")]
    public void Other_text_is_no_marker(string text) => Assert.Empty(MarkedLines(Encoding.UTF8.GetBytes(string.Format(null, text, Markers[0].Trim()))));

    private static IEnumerable<int> MarkedLines(byte[] content)
    {
        // Git's own test of what is no text.
        if (content.AsSpan(0, Math.Min(content.Length, 8000)).Contains((byte)0)) yield break;
        var lines = Encoding.UTF8.GetString(content).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (Markers.Any(marker => lines[i].StartsWith(marker, StringComparison.Ordinal))) yield return i + 1;
        }
    }

    /// <summary>What git tracks; in a copy without git, what is there but for what builds make.</summary>
    private static async Task<IReadOnlyList<string>> FilesAsync()
    {
        var tracked = await TrackedAsync();
        return tracked.Count > 0
            ? [.. tracked.Select(name => Path.Combine(Repository.Root, name)).Where(File.Exists)]
            : [.. Sources(new DirectoryInfo(Repository.Root))];
    }

    private static async Task<IReadOnlyList<string>> TrackedAsync()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-c", "safe.directory=*", "-C", Repository.Root, "ls-files", "-z"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var ignored = git.StandardError.ReadToEndAsync();
            var names = await git.StandardOutput.ReadToEndAsync();
            await ignored;
            await git.WaitForExitAsync();
            return git.ExitCode == 0 ? names.Split('\0', StringSplitOptions.RemoveEmptyEntries) : [];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return [];
        }
    }

    private static IEnumerable<string> Sources(DirectoryInfo folder) =>
        folder.EnumerateFiles().Select(file => file.FullName)
            .Concat(folder.EnumerateDirectories().Where(inner => inner.LinkTarget is null && !NotSource.Contains(inner.Name)).SelectMany(Sources));
}
