using Amazon.CDK;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Cdk.Stacks;
using DomainFlow.Topology;

namespace DomainFlow.Cdk;

/// <summary>The whole system in one environment: the data's stack, and the functions' stack on top of it.</summary>
public static class DomainFlowSystem
{
    /// <exception cref="ConfigurationException">A function was not published, and <paramref name="inputs"/> has nothing in its place.</exception>
    public static (DataStack Data, FunctionsStack Functions) Add(App app, EnvironmentConfiguration configuration, BuildInputs inputs)
    {
        inputs.RefuseUnpublished(SystemMap.Functions.Select(function => function.Name));
        var data = new DataStack(app, configuration, Properties(configuration, "DomainFlow: network, database, tables, search and users"));
        var functions = new FunctionsStack(app, configuration, inputs, data, Properties(configuration, "DomainFlow: functions and what triggers them"));
        Tags.Of(app).Add("project", "domainflow");
        Tags.Of(app).Add("environment", configuration.Name);
        foreach (var (key, value) in configuration.Tags)
            Tags.Of(app).Add(key, value);
        return (data, functions);
    }

    private static StackProps Properties(EnvironmentConfiguration configuration, string description) => new()
    {
        Description = description,
        TerminationProtection = configuration.RetainData,
        Env = configuration.Account is null && configuration.Region is null
            ? null
            : new Amazon.CDK.Environment { Account = configuration.Account, Region = configuration.Region },
    };
}
