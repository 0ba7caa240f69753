using Amazon.CDK;
using Amazon.CDK.AWS.Cognito;
using Constructs;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Topology;

namespace DomainFlow.Cdk.Constructs;

/// <summary>The user pool. An administrator makes users and gives each its tenant; a client can change neither.</summary>
public sealed class UserDirectory : Construct
{
    private const string TenantAttribute = "tenant_id";

    public UserDirectory(Construct scope, EnvironmentConfiguration configuration)
        : base(scope, "Users")
    {
        Pool = new UserPool(this, "Pool", Properties(configuration));
        Client = Pool.AddClient("Client", new UserPoolClientOptions
        {
            UserPoolClientName = $"{configuration.Prefix}-client",
            AuthFlows = new AuthFlow { UserSrp = true },
            DisableOAuth = true,
            GenerateSecret = false,
            PreventUserExistenceErrors = true,
            EnableTokenRevocation = true,
            IdTokenValidity = Duration.Hours(1),
            AccessTokenValidity = Duration.Hours(1),
            RefreshTokenValidity = Duration.Days(30),
            ReadAttributes = Readable().WithCustomAttributes(TenantAttribute),
            WriteAttributes = Writable(),
        });
        foreach (var (name, description) in UserGroups.All)
        {
            _ = new CfnUserPoolGroup(this, name, new CfnUserPoolGroupProps
            {
                UserPoolId = Pool.UserPoolId,
                GroupName = name,
                Description = description,
            });
        }
    }

    public UserPool Pool { get; }

    public UserPoolClient Client { get; }

    private static UserPoolProps Properties(EnvironmentConfiguration configuration) => new()
    {
        UserPoolName = configuration.Prefix,
        SelfSignUpEnabled = false,
        SignInAliases = new SignInAliases { Email = true },
        AutoVerify = new AutoVerifiedAttrs { Email = true },
        StandardAttributes = new StandardAttributes { Email = new StandardAttribute { Required = true, Mutable = true } },
        CustomAttributes = new Dictionary<string, ICustomAttribute>
        {
            [TenantAttribute] = new StringAttribute(new StringAttributeProps { MinLen = 36, MaxLen = 36, Mutable = true }),
        },
        PasswordPolicy = new PasswordPolicy
        {
            MinLength = 12,
            RequireDigits = true,
            RequireLowercase = true,
            RequireUppercase = true,
            RequireSymbols = false,
            TempPasswordValidity = Duration.Days(3),
        },
        Mfa = configuration.MultiFactor switch { "required" => Mfa.REQUIRED, "optional" => Mfa.OPTIONAL, _ => Mfa.OFF },
        MfaSecondFactor = new MfaSecondFactor { Otp = true, Sms = false },
        AccountRecovery = AccountRecovery.EMAIL_ONLY,
        DeletionProtection = configuration.RetainData,
        RemovalPolicy = Removal.Of(configuration),
    };

    private static ClientAttributes Readable() => new ClientAttributes().WithStandardAttributes(new StandardAttributesMask
    {
        Email = true,
        EmailVerified = true,
        Fullname = true,
        GivenName = true,
        FamilyName = true,
        Locale = true,
        Timezone = true,
    });

    // Email is in it because Cognito demands write access to required attributes.
    private static ClientAttributes Writable() => new ClientAttributes().WithStandardAttributes(new StandardAttributesMask
    {
        Email = true,
        Fullname = true,
        GivenName = true,
        FamilyName = true,
        Locale = true,
        Timezone = true,
    });
}
