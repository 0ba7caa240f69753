using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.RDS;
using Amazon.CDK.AWS.SecretsManager;
using Constructs;
using DomainFlow.Cdk.Configuration;

namespace DomainFlow.Cdk.Constructs;

/// <summary>PostgreSQL that speaks TLS only, with two generated secrets: the owner's (DbInit) and the functions'.</summary>
public sealed class Database : Construct
{
    public const string DatabaseName = "domainflow";
    private const string OwnerUser = "domainflow_owner";
    private const string FunctionsUser = "domainflow_functions";

    public Database(Construct scope, EnvironmentConfiguration configuration, Network network)
        : base(scope, "Database")
    {
        var identifier = configuration.Prefix;
        OwnerSecret = Secret("OwnerSecret", $"{identifier}/database/owner", OwnerUser, configuration);
        FunctionsSecret = Secret("FunctionsSecret", $"{identifier}/database/functions", FunctionsUser, configuration);
        var logs = LogGroups.Make(this, "Logs", $"/aws/rds/instance/{identifier}/postgresql", configuration);
        Instance = new DatabaseInstance(this, "Instance", Properties(configuration, network, identifier));
        // RDS would make the group itself, to be kept for ever.
        Instance.Node.AddDependency(logs);
    }

    public DatabaseInstance Instance { get; }

    public Secret OwnerSecret { get; }

    public Secret FunctionsSecret { get; }

    private Secret Secret(string id, string name, string user, EnvironmentConfiguration configuration) => new(this, id, new SecretProps
    {
        SecretName = name,
        Description = $"Password of the PostgreSQL role {user}",
        RemovalPolicy = Removal.Of(configuration),
        GenerateSecretString = new SecretStringGenerator
        {
            SecretStringTemplate = $$"""{"username":"{{user}}"}""",
            GenerateStringKey = "password",
            PasswordLength = 40,
            ExcludePunctuation = true,
        },
    });

    private DatabaseInstanceProps Properties(EnvironmentConfiguration configuration, Network network, string identifier)
    {
        var settings = configuration.Database;
        var engine = DatabaseInstanceEngine.Postgres(new PostgresInstanceEngineProps { Version = PostgresEngineVersion.Of(settings.EngineVersion, settings.EngineMajor) });
        return new DatabaseInstanceProps
        {
            InstanceIdentifier = identifier,
            Engine = engine,
            InstanceType = new Amazon.CDK.AWS.EC2.InstanceType(settings.InstanceClass),
            Credentials = Credentials.FromPassword(OwnerUser, OwnerSecret.SecretValueFromJson("password")),
            DatabaseName = DatabaseName,
            Vpc = network.Vpc,
            VpcSubnets = (SubnetSelection)network.Subnets,
            SecurityGroups = [network.Database],
            PubliclyAccessible = false,
            Port = 5432,
            AllocatedStorage = settings.StorageGb,
            MaxAllocatedStorage = settings.MaxStorageGb,
            StorageType = StorageType.GP3,
            StorageEncrypted = true,
            MultiAz = settings.MultiZone,
            BackupRetention = Duration.Days(settings.BackupDays),
            DeleteAutomatedBackups = !configuration.RetainData,
            CopyTagsToSnapshot = true,
            DeletionProtection = configuration.RetainData,
            RemovalPolicy = configuration.RetainData ? RemovalPolicy.RETAIN : RemovalPolicy.SNAPSHOT,
            AutoMinorVersionUpgrade = true,
            // Only as far as engineVersion says: without it RDS refuses a later major version there.
            AllowMajorVersionUpgrade = true,
            CaCertificate = CaCertificate.RDS_CA_RSA2048_G1,
            CloudwatchLogsExports = ["postgresql"],
            ParameterGroup = Parameters(engine, settings),
        };
    }

    private ParameterGroup Parameters(IInstanceEngine engine, DatabaseConfiguration settings) => new(this, "Parameters", new ParameterGroupProps
    {
        Engine = engine,
        Description = "DomainFlow: TLS only",
        Parameters = new Dictionary<string, string>(settings.Parameters) { ["rds.force_ssl"] = "1" },
    });
}
