using System.ComponentModel;
using System.Diagnostics;
using DomainFlow.Infra.Tests.Synthesis;

namespace DomainFlow.Infra.Tests.Rules;

public class LintTests(Systems systems) : SystemTests(systems)
{
    [SkippableTheory]
    [MemberData(nameof(Environments))]
    public async Task Cfn_lint_has_nothing_to_say(string environment)
    {
        using var lint = Start(Systems[environment].TemplateFiles);
        Skip.If(lint is null, "cfn-lint is not installed (pip install cfn-lint)");
        var found = await lint.StandardOutput.ReadToEndAsync();
        var failure = await lint.StandardError.ReadToEndAsync();
        await lint.WaitForExitAsync();
        Assert.True(lint.ExitCode == 0, found + failure);
    }

    private static Process? Start(IEnumerable<string> templates)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("cfn-lint", templates)
            {
                // Its settings are in .cfnlintrc.yaml.
                WorkingDirectory = Repository.Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
