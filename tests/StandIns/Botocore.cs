using System.Diagnostics;
using System.Text.Json.Nodes;

namespace DomainFlow.StandIns;

/// <summary>Python's AWS library, whose signatures the services take.</summary>
internal static class Botocore
{
    private const string Script = """
        import base64, datetime, json, sys
        import botocore.auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        class Clock(datetime.datetime):
            at = 0

            @classmethod
            def utcnow(cls):
                return cls.utcfromtimestamp(cls.at)

        for line in sys.stdin:
            wanted = json.loads(line)
            at = datetime.datetime.fromtimestamp(wanted["time"], datetime.timezone.utc)
            if hasattr(botocore.auth, "get_current_datetime"):
                botocore.auth.get_current_datetime = lambda *a, **k: at.replace(tzinfo=None)
            else:
                Clock.at = wanted["time"]
                botocore.auth.datetime.datetime = Clock
            request = AWSRequest(method=wanted["method"], url=wanted["url"], data=base64.b64decode(wanted["body"]))
            for name, value in wanted["headers"]:
                request.headers[name] = value
            credentials = Credentials(wanted["key"], wanted["secret"], wanted["token"])
            botocore.auth.SigV4Auth(credentials, wanted["service"], wanted["region"]).add_auth(request)
            print(json.dumps([request.headers["Authorization"], request.headers["X-Amz-Date"], request.headers.get("X-Amz-Security-Token")]))
        """;

    public static async Task<bool> IsThereAsync()
    {
        try
        {
            return (await RunAsync("import botocore", "")).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>What botocore signs, all in one process.</summary>
    public static async Task<IReadOnlyList<(string Authorization, string Date, string? Token)>> SignAsync(IEnumerable<SignedRequest> requests)
    {
        var (code, output, error) = await RunAsync(Script, string.Join('\n', requests.Select(request => request.ToJson().ToJsonString())));
        Assert.True(code == 0, error);
        return
        [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)
                .Select(signed => ((string)signed[0]!, (string)signed[1]!, (string?)signed[2])),
        ];
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string script, string input)
    {
        var start = new ProcessStartInfo("python3", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
