using Amazon.CDK;
using DomainFlow.Cdk;
using DomainFlow.Cdk.Configuration;

var app = new App();
try
{
    var environment = app.Node.TryGetContext("environment") as string ?? throw new ConfigurationException("environment: name it with -c environment=dev");
    var configuration = EnvironmentConfiguration.Read(Context.ToJson(app.Node.TryGetContext("environments")), environment);
    var published = app.Node.TryGetContext("published") as string ?? "dist";
    var allowPlaceholders = app.Node.TryGetContext("placeholders") is true or "true";
    DomainFlowSystem.Add(app, configuration, BuildInputs.Of(Directory.GetCurrentDirectory(), published, allowPlaceholders));
}
catch (ConfigurationException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}

app.Synth();
return 0;
