using System.CommandLine;
using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Tenants;

namespace DomainFlow.Local.Client.Ask;

/// <summary>Asks the demo tenant one question.</summary>
internal static class AskCommand
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    public static Command Create()
    {
        var question = new Argument<string>("question") { Description = "The question, in plain words" };
        var state = CommonOptions.State();
        var url = CommonOptions.Url();
        var tenant = CommonOptions.Tenant();
        var domain = CommonOptions.Domain();
        var wait = new Option<double>("--wait-seconds") { Description = "How long the first call waits for the answer, 0 to 25", DefaultValueFactory = _ => 20 };
        var command = new Command("ask", "Ask the demo tenant a question") { question, state, url, tenant, domain, wait };
        command.SetAction((parsed, token) => ClientRun.GuardAsync(
            async run =>
            {
                var stateFolder = parsed.GetRequiredValue(state).FullName;
                var asked = ActingTenant.Choose(stateFolder, parsed.GetValue(tenant), parsed.GetValue(domain));
                var api = run.Api(parsed.GetRequiredValue(url), stateFolder, asked);
                var answer = await api.AskAsync(asked.DomainId, parsed.GetRequiredValue(question), parsed.GetValue(wait), Bound, token);
                await AnswerText.WriteAsync(run.Out, answer, "");
                return answer.Status == "completed" ? 0 : 1;
            },
            token));
        return command;
    }
}
