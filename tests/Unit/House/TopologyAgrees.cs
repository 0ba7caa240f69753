using DomainFlow.Topology;
using Xunit;

namespace DomainFlow.Unit.Tests.House;

public class TopologyAgrees
{
    [Fact]
    public void Every_route_trigger_and_grant_names_what_exists()
    {
        Assert.All(SystemMap.Routes, r => Assert.Contains(SystemMap.Functions, f => f.Name == r.Function));
        Assert.All(SystemMap.QueueTriggers, t => Assert.Contains(SystemMap.Functions, f => f.Name == t.Function));
        Assert.All(SystemMap.QueueTriggers, t => Assert.Contains(SystemMap.Queues, q => q.Name == t.Queue));
        Assert.All(SystemMap.Pipes, p => Assert.NotEqual(StreamView.None, SystemMap.Table(p.Table).Stream));
        Assert.All(SystemMap.Pipes, p => Assert.Contains(SystemMap.Queues, q => q.Name == p.Queue));
        Assert.All(SystemMap.ObjectTriggers, t => Assert.Contains(SystemMap.AsyncInvocations, a => a.Function == t.Function));
        Assert.All(SystemMap.Schedules, s => Assert.Contains(SystemMap.AsyncInvocations, a => a.Function == s.Function));
        Assert.All(SystemMap.Functions.SelectMany(f => f.Tables), g => Assert.Contains(SystemMap.Tables, t => t.Name == g.Table));
        Assert.All(SystemMap.Functions.SelectMany(f => f.Buckets), g => Assert.Contains(SystemMap.Buckets, b => b.Name == g.Bucket));
    }

    [Fact]
    public void A_function_is_told_the_name_of_each_table_and_bucket_that_it_may_touch()
    {
        foreach (var function in SystemMap.Functions)
        {
            var told = function.Environment.Where(v => v.Source is VariableSource.TableName or VariableSource.BucketName).Select(v => v.Of);
            var may = function.Tables.Select(t => t.Table).Concat(function.Buckets.Select(b => b.Bucket));
            Assert.Equal(may.Order(), told.Order());
        }
    }

    [Fact]
    public void A_message_stays_hidden_at_least_as_long_as_its_function_may_run() =>
        Assert.All(SystemMap.QueueTriggers, t => Assert.True(SystemMap.Queue(t.Queue).VisibilitySeconds >= SystemMap.Function(t.Function).TimeoutSeconds));

    [Fact]
    public void A_function_with_a_queue_runs_in_at_least_two_processes() =>
        Assert.All(SystemMap.Functions, f => Assert.True(f.LocalConcurrency >= 2));

    [Theory]
    [InlineData("Reports", "incident_id", "tenant-domain-index,domain-created-index,unfinished-index")]
    [InlineData("Sessions", "session_id", "user-activity-index")]
    [InlineData("Messages", "message_id", "session-timestamp-index")]
    [InlineData("QueryJobs", "query_id", "session-created-index,unfinished-index")]
    [InlineData("user_sessions", "user_id", "")]
    [InlineData("configurations", "tenant_id", "")]
    [InlineData("Users", "userId", "EmailIndex,LastLoginIndex")]
    public void The_tables_carry_the_names_that_they_were_specified_with(string table, string key, string indexes)
    {
        var definition = SystemMap.Table(table);
        Assert.Equal(key, definition.PartitionKey);
        Assert.Equal(indexes.Split(',', StringSplitOptions.RemoveEmptyEntries), definition.Indexes.Select(i => i.Name));
    }

    [Fact]
    public void Every_index_is_keyed_by_a_tenant_or_holds_no_content() =>
        Assert.All(
            SystemMap.Tables.SelectMany(t => t.Indexes),
            i => Assert.True(i.PartitionKey.StartsWith("tenant", StringComparison.Ordinal) || i.Projection != IndexProjection.All, i.Name));
}
