using System.Net.Sockets;
using System.Text;

namespace PiStereoLink.Tests.Agent;

/// <summary>What systemd hears from the agent, on a socket like its own.</summary>
public sealed class ServiceManagerTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-notify-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(null, "")]          // pictures are a sign of life
    [InlineData("busy", "")]        // and so is trying again
    [InlineData(null, "--mode timelapse --interval 3600 --width 320 --height 240")]       // an hour without a picture is in order where one was asked for
    public async Task It_is_told_up_alive_and_stopping(string? fault, string more)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux's");
        var path = Path.Combine(folder.FullName, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));

        var start = new System.Diagnostics.ProcessStartInfo(Programs.Path("PiStereoLink.Agent"),
            ["run", "--to", "127.0.0.1:9", "--camera", "sim:left", "--state", Path.Combine(folder.FullName, "state"), "--drain", "0", .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
        { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["NOTIFY_SOCKET"] = path;
        start.Environment["WATCHDOG_USEC"] = "1000000";
        start.Environment["PISTEREOLINK_SIM_FAULT"] = fault;
        using var agent = System.Diagnostics.Process.Start(start)!;
        agent.BeginErrorReadLine();
        agent.BeginOutputReadLine();
        try
        {
            Assert.Equal("READY=1", await NextAsync(systemd));
            // 20 quarters of the watchdog's second: longer than a first picture takes.
            for (var told = 0; told < 20; told++)
                Assert.Equal("WATCHDOG=1", await NextAsync(systemd));
            using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{agent.Id}"]);
            string said;
            do
                said = await NextAsync(systemd);
            while (said == "WATCHDOG=1");
            Assert.Equal("STOPPING=1", said);
            await agent.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
            Assert.Equal(0, agent.ExitCode);
        }
        finally
        {
            if (!agent.HasExited)
                agent.Kill(entireProcessTree: true);
        }
    }

    private static async Task<string> NextAsync(Socket socket)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        var message = new byte[256];
        return Encoding.ASCII.GetString(message, 0, await socket.ReceiveAsync(message, deadline.Token));
    }
}
