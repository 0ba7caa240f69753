using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Tenants;

namespace DomainFlow.Local.Client.Demo;

/// <summary>
/// The tenant that the demo plays in, without a report: what it finds is compared with the samples. It becomes the one that the other
/// commands act for, so that a question after the demo is about what the demo showed.
/// </summary>
internal sealed class DemoStage(ClientRun run, string url, string stateFolder, Samples samples)
{
    /// <param name="named">A tenant to play in instead; it does not become the demo tenant.</param>
    /// <exception cref="ClientException">The named tenant has reports.</exception>
    public async Task<DemoTenant> ChooseAsync(Guid? named, CancellationToken cancellationToken)
    {
        if (named is not null)
        {
            var chosen = ActingTenant.Choose(stateFolder, named, DemoTenant.StandardDomain);
            await CreateAsync(chosen, cancellationToken);
            return await IsEmptyAsync(chosen, cancellationToken) ? chosen
                : throw new ClientException($"tenant {named} has reports: the demo needs one without");
        }

        if (DemoTenant.Find(stateFolder) is { DomainId: DemoTenant.StandardDomain } kept)
        {
            await CreateAsync(kept, cancellationToken);
            if (await IsEmptyAsync(kept, cancellationToken)) return kept;
            await run.Out.WriteLineAsync($"the demo tenant has reports: a fresh one takes its place; the one before stays as --tenant {kept.TenantId}");
        }

        var fresh = DemoTenant.Fresh();
        await CreateAsync(fresh, cancellationToken);
        fresh.Keep(stateFolder);
        return fresh;
    }

    private Task CreateAsync(DemoTenant tenant, CancellationToken cancellationToken) =>
        tenant.CreateAsync(new FunctionInvoker(run.Operator(url, stateFolder)), samples.City.Name, samples, cancellationToken);

    private async Task<bool> IsEmptyAsync(DemoTenant tenant, CancellationToken cancellationToken)
    {
        var page = await run.Api(url, stateFolder, tenant)
            .GetAsync<PageState<ReportLineState>>($"/reports?domain_id={Uri.EscapeDataString(tenant.DomainId)}&limit=1", cancellationToken);
        return page.Items.Count == 0;
    }
}
