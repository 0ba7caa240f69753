using System.CommandLine;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Tenants;

/// <summary>Makes the tenant to try things with, and prints how.</summary>
internal static class TenantCommand
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(12);

    public static Command Create()
    {
        var state = CommonOptions.State();
        var url = CommonOptions.Url();
        var samples = CommonOptions.Samples();
        var command = new Command("tenant", "Make the demo tenant, or find it again, and print a token and lines to try") { state, url, samples };
        command.SetAction((parsed, token) => ClientRun.GuardAsync(
            run => RunAsync(run, parsed.GetRequiredValue(state).FullName, parsed.GetRequiredValue(url), parsed.GetRequiredValue(samples).FullName, token), token));
        return command;
    }

    private static async Task<int> RunAsync(ClientRun run, string state, string url, string samplesFolder, CancellationToken cancellationToken)
    {
        var samples = Samples.Open(samplesFolder);
        var tenant = DemoTenant.Find(state) ?? DemoTenant.Fresh();
        await tenant.CreateAsync(new FunctionInvoker(run.Operator(url, state)), samples.City.Name, samples, cancellationToken);
        tenant.Keep(state);
        var token = new TokenSource(state, tenant.TenantId, tenant.UserId, run.Clock).Mint(TokenLifetime);
        await run.Out.WriteLineAsync(Text(ApiClient.Root(url), tenant.DomainId, samples.City, token));
        return 0;
    }

    internal static string Text(string root, string domain, City city, string token)
    {
        var street = city.Places.First(p => p.Kind == "street").Name;
        return $$"""

            {{city.Name}} is ready: {{root}}

            export TOKEN={{token}}

            curl -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' {{root}}/reports -d '{"domain_id":"{{domain}}","text":"Deep pothole on {{street}} since yesterday, near the corner"}'
            curl -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' {{root}}/queries -d '{"domain_id":"{{domain}}","question":"Where are the potholes?"}'
            curl -H "Authorization: Bearer $TOKEN" '{{root}}/reports?domain_id={{domain}}&limit=5'

            """;
    }
}
