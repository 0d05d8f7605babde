using System.Text.Json;

namespace PiStereoLink.Tests.EndToEnd;

public class DemoTests
{
    [Fact]
    public async Task The_demo_ends_with_its_figures_as_one_JSON_line()
    {
        var demo = await Tool.RunAsync(Programs.Path("PiStereoLink.Receiver"), "demo", "--seconds", "15", "--json", "--web", "127.0.0.1:0");
        Assert.True(demo.ExitCode == 0, demo.Errors);
        var figures = JsonDocument.Parse(demo.Output.Trim().Split('\n')[^1]).RootElement;
        // Loose bounds: how fast it is on this machine is measured elsewhere; that it is right is measured here.
        Assert.True(figures.GetProperty("pairs").GetInt64() >= 10, demo.Output);
        Assert.True(figures.GetProperty("framesReceived").GetInt64() >= 20, demo.Output);
        Assert.InRange(figures.GetProperty("depthErrorMedianPercent").GetDouble(), 0.01, 2);
        Assert.InRange(figures.GetProperty("density").GetDouble(), 0.5, 0.9);
        Assert.StartsWith("http://127.0.0.1:", figures.GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_one_sentence()
    {
        await using var other = await Receiver.RunningReceiver.StartAsync();
        var demo = await Tool.RunAsync(Programs.Path("PiStereoLink.Receiver"), "demo", "--seconds", "1", "--web", $"127.0.0.1:{other.FramePort.Port}");
        Assert.Equal((1, ""), (demo.ExitCode, demo.Output));
        Assert.Equal($"127.0.0.1:{other.FramePort.Port} is taken by another program. Stop that one, or choose another port with --web 127.0.0.1:PORT.", demo.Errors.Trim());
    }

    [Theory]
    [InlineData("serve --listen nonsense", 2, "--listen nonsense: an address and a port are needed, such as 127.0.0.1:8000, 0.0.0.0:8000 or [::]:8000.")]
    [InlineData("serve --rig x", 2, "Rig 'x': it needs a name and two cameras. A rig is NAME=LEFT,RIGHT[,CALIBRATION], such as garden=pi-left/0,pi-right/0,garden.npz, or NAME=SOURCE[,CALIBRATION]")]
    [InlineData("serve --rig x=a/0,a/0", 2, "left and right are the same camera")]
    [InlineData("serve --rig x=a/0,b/0,missing.npz", 1, "missing.npz")]
    [InlineData("serve --nonsense", 2, "See: receiver serve --help")]
    public async Task Wrong_usage_is_answered_with_what_is_allowed(string arguments, int code, string sentence)
    {
        var outcome = await Tool.RunAsync(Programs.Path("PiStereoLink.Receiver"), arguments.Split(' '));
        Assert.Equal(code, outcome.ExitCode);
        Assert.Contains(sentence, outcome.Errors, StringComparison.Ordinal);
        Assert.Single(outcome.Errors.Trim().Split('\n'));
    }
}
