using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using PiStereoLink.Protocol;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Trust;

/// <summary>The built programs, as a user runs them.</summary>
public sealed class JoinTests : IAsyncLifetime
{
    private readonly CameraFolder folder = new();
    private Process? receiver;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string ReceiverState => Path.Combine(folder.Root, "receiver");

    private string Store => Path.Combine(folder.Root, "store");

    public async ValueTask InitializeAsync()
    {
        receiver = Process.Start(new ProcessStartInfo(Programs.Path("PiStereoLink.Receiver"),
            ["serve", "--listen", "127.0.0.1:0", "--tls", "127.0.0.1:0", "--web", "127.0.0.1:0", "--store", Store, "--state", ReceiverState])
        { RedirectStandardError = true })!;
        receiver.ErrorDataReceived += static (_, _) => { };
        receiver.BeginErrorReadLine();
        await Until.TrueAsync(() => Task.FromResult(File.Exists(Path.Combine(ReceiverState, "receiver.json"))));
        folder.EndlessCamera();
    }

    public async ValueTask DisposeAsync()
    {
        using (var stop = Process.Start("kill", ["-TERM", $"{receiver!.Id}"]))
            await receiver.WaitForExitAsync(Token);
        receiver.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_Pi_joins_sends_over_TLS_and_is_out_when_it_is_revoked()
    {
        var token = await InviteAsync();
        Assert.Equal(0, (await JoinAsync(token)).ExitCode);
        var again = await JoinAsync(token);
        Assert.Equal((1, true), (again.ExitCode, again.Said.Contains("has been used already", StringComparison.Ordinal)));

        await using (var agent = Run("--peer", "recipe"))       // a paired agent means acks, whatever it is told
        {
            Assert.Contains("(TLS)", await agent.SaysAsync("Node garden"), StringComparison.Ordinal);
            await agent.SaysAsync("acknowledges frames and stores them");
            await Until.TrueAsync(() => Task.FromResult(Stored().Length >= 20));
            var tally = await agent.StopsAsync();
            Assert.Equal((tally.Captured, 0L), (tally.Acked, tally.Unconfirmed));
            Assert.Equal(tally.Captured, Stored().Length);
        }

        await using var second = Run("--drain", "0");
        await second.SaysAsync("acknowledges frames and stores them");
        var revoked = await ReceiverAsync("revoke", "garden");
        Assert.Equal((0, """{"node":"garden"}"""), (revoked.ExitCode, revoked.Output.Trim()));
        await second.SaysAsync("lost");
        Assert.Contains("it does not know its key, or not any more", await second.SaysAsync("did not let this Pi in"), StringComparison.Ordinal);
        await second.StopsAsync();
        Assert.Equal(1, (await ReceiverAsync("revoke", "garden")).ExitCode);
        foreach (var secret in new[] { Path.Combine(ReceiverState, "key.pem"), Path.Combine(folder.State, "key.pem"), Path.Combine(folder.State, "paired-receiver") })
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(secret));
    }

    [Fact]
    public async Task A_paired_Pi_speaks_to_no_other_receiver_and_never_without_TLS()
    {
        Assert.Equal(0, (await JoinAsync(await InviteAsync())).ExitCode);
        using var plain = new TcpListener(IPAddress.Loopback, 0);
        plain.Start();
        await using (var agent = Run("--to", plain.LocalEndpoint.ToString()!, "--drain", "0"))
        {
            using (var came = await plain.AcceptTcpClientAsync(Token))
            {
                var first = new byte[2];
                await came.GetStream().ReadExactlyAsync(first, Token);
                Assert.Equal([0x16, 0x03], first);        // a TLS record, not a frame's length
            }
            Assert.Contains("does not speak our TLS", await agent.SaysAsync("cannot reach"), StringComparison.Ordinal);
        }

        await using var other = await PairingReceiver.StartAsync();
        await using (var agent = Run("--to", other.Running.TlsPort!.ToString(), "--drain", "0"))
            Assert.Contains($"its key is {other.Pin}", await agent.SaysAsync("cannot reach"), StringComparison.Ordinal);
        Assert.Empty((await other.Running.StatusAsync()).GetProperty("cameras").EnumerateArray());

        await using var renamed = AgentProcess.Start(folder.SearchPath, ["run", "--camera", "0", "--state", folder.State, "--node", "shed"]);
        Assert.Equal(2, (await renamed.EndsAsync()).ExitCode);
        Assert.Contains("this Pi is paired as garden", renamed.Said, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(folder.State, "paired-receiver"), "nonsense\n", Token);
        await using var damaged = Run("--to", plain.LocalEndpoint.ToString()!);
        Assert.Equal(1, (await damaged.EndsAsync()).ExitCode);
        Assert.Contains("holds no pairing", damaged.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frames_that_waited_under_another_name_are_sent_under_the_paired_one()
    {
        var nowhere = $"127.0.0.1:{FreePort.Take()}";
        long waiting;
        await using (var agent = AgentProcess.Start(folder.SearchPath, ["run", "--camera", "0", "--state", folder.State, "--node", "shed", "--to", nowhere, "--spool", "always", "--drain", "0"]))
        {
            var spool = Path.Combine(folder.State, "spool", "shed", "0");
            await Until.TrueAsync(() => Task.FromResult(Directory.Exists(spool) && Directory.GetFiles(spool, "*.jpg").Length >= 5));
            waiting = (await agent.StopsAsync()).Spooled;
        }

        Assert.Equal(0, (await JoinAsync(await InviteAsync())).ExitCode);
        await using var paired = Run();
        await paired.SaysAsync("Frames of shed/0 wait in the spool, and no camera has this name now. They are sent as garden/0.");
        await Until.TrueAsync(() => Task.FromResult(Stored().Length >= waiting + 5));
        var tally = await paired.StopsAsync();
        Assert.Equal((waiting, waiting + tally.Captured), (tally.SpooledAtStart, tally.Acked));
        Assert.Equal(tally.Acked, Stored().Length);
        Assert.All(Stored(), file => Assert.Contains($"{Path.DirectorySeparatorChar}garden{Path.DirectorySeparatorChar}", file, StringComparison.Ordinal));
        Assert.All(Stored(), file => Assert.True(StampReader.TryRead(File.ReadAllBytes(file), out var stamp) && stamp.Camera.ToString() == "garden/0"));
    }

    [Fact]
    public async Task A_Pi_tells_its_secret_to_the_tokens_receiver_only()
    {
        await using var other = await PairingReceiver.StartAsync();
        Assert.True(JoinToken.TryParse(await InviteAsync(), out var token));
        var (exitCode, _, said) = await JoinAsync((token! with { Host = other.Running.TlsPort!.ToString() }).ToString());
        Assert.Equal((1, true), (exitCode, said.Contains("is another receiver than the token's", StringComparison.Ordinal)));
        Assert.Equal(0, (await JoinAsync(token.ToString())).ExitCode);        // it is still good
        var unknown = await JoinAsync($"{JoinToken.New(token.Host, token.Receiver)}");
        Assert.Equal((1, true), (unknown.ExitCode, unknown.Said.Contains("does not know this token", StringComparison.Ordinal)));
        Assert.Equal(2, (await JoinAsync("psl1.desk")).ExitCode);
        var status = JsonDocument.Parse((await ReceiverAsync("status")).Output).RootElement;
        Assert.Equal("garden", Assert.Single(status.GetProperty("paired").EnumerateArray()).GetProperty("node").GetString());
        Assert.True(status.GetProperty("running").GetBoolean());
    }

    [Fact]
    public async Task An_agent_whose_link_cannot_work_ends_and_does_not_film_for_nobody()
    {
        Assert.SkipWhen(!Environment.IsPrivilegedProcess || !OperatingSystem.IsLinux(), "becoming a user without a home, whom .NET's TLS does not serve, takes root on Linux");
        string[] asNobody = ["-u", "HOME", Tool.FindInstalled("setpriv"), "--reuid=64242", "--regid=64242", "--clear-groups"];
        // The build may stand where other users have no way in.
        await Tool.RunAsync("/bin/cp", "-r", Path.GetDirectoryName(Programs.Path("PiStereoLink.Agent"))!, Path.Combine(folder.Root, "agent"));
        var program = Path.Combine(folder.Root, "agent", "PiStereoLink.Agent");
        Assert.Equal(0, (await JoinAsync(await InviteAsync())).ExitCode);
        await Tool.RunAsync("/bin/chown", "-R", "64242:64242", folder.Root);
        await using var agent = AgentProcess.Start(folder.SearchPath, [.. asNobody, program, "run", "--camera", "0", "--state", folder.State, "--drain", "0"], "/usr/bin/env");
        Assert.Equal(1, (await agent.EndsAsync()).ExitCode);
        Assert.Contains("the agent ends", agent.Said, StringComparison.Ordinal);
    }

    private AgentProcess Run(params string[] more) => AgentProcess.Start(folder.SearchPath, ["run", "--camera", "0", "--state", folder.State, .. more]);

    private string[] Stored() => Directory.Exists(Store) ? Directory.GetFiles(Store, "*.jpg", SearchOption.AllDirectories) : [];

    private async Task<string> InviteAsync()
    {
        var invited = await ReceiverAsync("invite", "--host", "127.0.0.1");
        Assert.True(invited.ExitCode == 0, invited.Errors);
        return JsonDocument.Parse(invited.Output).RootElement.GetProperty("token").GetString()!;
    }

    private Task<Tool.Outcome> ReceiverAsync(params string[] words) => Tool.RunAsync(Programs.Path("PiStereoLink.Receiver"), [.. words, "--state", ReceiverState, "--json"]);

    private async Task<(int ExitCode, string Output, string Said)> JoinAsync(string token)
    {
        await using var agent = AgentProcess.Start(folder.SearchPath, ["join", token, "--node", "garden", "--state", folder.State, "--json"]);
        var (exitCode, output) = await agent.EndsAsync();
        return (exitCode, output, agent.Said);
    }
}
