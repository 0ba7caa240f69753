using DomainFlow.Infra.Tests.Synthesis;

namespace DomainFlow.Infra.Tests.Rules;

public class UserPoolTests(Systems systems) : SystemTests(systems)
{
    [Theory]
    [MemberData(nameof(Environments))]
    public void Only_an_administrator_makes_users(string environment) =>
        Assert.Equal("true", Systems[environment].Data.Only("AWS::Cognito::UserPool")["AdminCreateUserConfig.AllowAdminCreateUserOnly"]);

    [Theory]
    [MemberData(nameof(Environments))]
    public void A_client_reads_its_tenant_and_cannot_write_it(string environment) =>
        Assert.All(Systems[environment].Data.OfType("AWS::Cognito::UserPoolClient"), client =>
        {
            Assert.Contains("custom:tenant_id", client["ReadAttributes"].Split(','));
            Assert.NotEqual("", client["WriteAttributes"]);
            Assert.DoesNotContain(client["WriteAttributes"].Split(','), attribute => attribute.StartsWith("custom:", StringComparison.Ordinal));
        });

    [Fact]
    public void The_pool_has_a_group_for_each_role() => Assert.Equal(
        ["admin", "analyst", "manager", "operator", "viewer"],
        Systems.Dev.Data.OfType("AWS::Cognito::UserPoolGroup").Select(group => group["GroupName"]).Order());

    [Theory]
    [InlineData("dev", "OPTIONAL")]
    [InlineData("prod", "ON")]
    [InlineData("unusual", "OFF")]
    public void A_second_factor_is_asked_for_as_configured(string environment, string expected) =>
        Assert.Equal(expected, Systems[environment].Data.Only("AWS::Cognito::UserPool")["MfaConfiguration"]);
}
