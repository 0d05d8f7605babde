using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PiStereoLink.Agent;
using PiStereoLink.Protocol;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Led;

/// <summary>The LED while the agent takes pictures.</summary>
public class CaptureLedTests
{
    [Fact]
    public async Task It_is_off_from_before_a_camera_s_start_to_the_end_and_put_off_again_at_the_first_picture()
    {
        using var board = new LedFixture("Raspberry Pi 2 Model B Rev 1.1");
        using var led = Led(board, "off");
        var camera = led.Watch(new LightingCamera(board.Chip));
        for (var starts = 0; starts < 2; starts++)
            await camera.RunAsync(Channel.CreateUnbounded<Frame>().Writer, TestContext.Current.CancellationToken);
        led.Restore();
        led.Restore();
        Assert.Equal(
            ["32 Low", "firmware lights it", "32 Low", "picture", "picture", "32 Low", "firmware lights it", "32 Low", "picture", "picture", "32 Input"],
            board.Chip.States);
    }

    [Fact]
    public async Task After_the_end_a_late_start_leaves_it_alone()
    {
        using var board = new LedFixture("Raspberry Pi 2 Model B Rev 1.1");
        using var led = Led(board, "off");
        led.Restore();
        await led.Watch(new LightingCamera(board.Chip)).RunAsync(Channel.CreateUnbounded<Frame>().Writer, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("32 Low", board.Chip.States);
    }

    [Fact]
    public void Unless_asked_for_nothing_is_touched()
    {
        using var board = new LedFixture("Raspberry Pi 2 Model B Rev 1.1");
        using var led = Led(board, "keep");
        var camera = new LightingCamera(board.Chip);
        Assert.Same(camera, led.Watch(camera));
    }

    [Fact]
    public async Task Where_it_is_not_possible_the_agent_says_so_once_and_takes_pictures()
    {
        using var folder = new CameraFolder();
        folder.Program("rpicam-vid", CameraFolder.Write("started", "$arguments") + CameraFolder.Forever);
        await using var agent = AgentProcess.Start(folder.SearchPath,
            ["run", "--to", "127.0.0.1:1", "--state", folder.State, "--camera", "0", "--led", "off", "--led-device", "gpio:no-such-chip:1", "--drain", "0"]);
        await agent.SaysAsync("The LED is not kept off: Line 1 of no-such-chip cannot be used: no GPIO chip is called no-such-chip");
        await folder.FileAsync("started");
        await agent.StopsAsync();
    }

    [Theory]
    [InlineData("led", "Required argument missing for command: 'led'. `agent led --help` shows what is allowed.")]
    [InlineData("led blink", "'blink' cannot be done with an LED: on, off, auto or status can. `agent led --help` shows what is allowed.")]
    [InlineData("led on --led x", "--led 'x' is no LED: auto|none|gpio:CHIP:LINE[:active-low]|sysfs:NAME|expander|config-txt is. `agent led --help` shows what is allowed.")]
    [InlineData("run --to desk --camera 0 --led on", "--led 'on' cannot be done while taking pictures: keep or off can.")]
    [InlineData("run --to desk --camera 0 --led-device 17", "--led-device '17' is no LED: auto|none|gpio:CHIP:LINE[:active-low]|sysfs:NAME|expander|config-txt is.")]
    [InlineData("run --to desk --camera 0 --led-device config-txt", "--led-device config-txt counts after a reboot, so it cannot follow the camera: use `agent led off --led config-txt` once.")]
    public async Task Wrong_usage_is_one_sentence_and_exit_code_2(string arguments, string sentence)
    {
        using var folder = new CameraFolder();
        await using var agent = AgentProcess.Start(folder.Root, arguments.Split(' '));
        Assert.Equal((2, ""), await agent.EndsAsync());
        Assert.Equal(sentence, agent.Said);
    }

    [Fact]
    public async Task What_cannot_be_done_is_one_sentence_and_exit_code_1()
    {
        using var folder = new CameraFolder();
        await using var agent = AgentProcess.Start(folder.Root, ["led", "on", "--led", "sysfs:no-such-led"]);
        Assert.Equal((1, ""), await agent.EndsAsync());
        Assert.StartsWith("There is no LED no-such-led in /sys/class/leds: ", agent.Said, StringComparison.Ordinal);
    }

    private static CaptureLed Led(LedFixture board, string led) =>
        new(Options.Create(new AgentOptions { Led = led }), board.Leds, NullLogger<CaptureLed>.Instance);

    /// <summary>A camera whose start lights the LED, as the firmware does.</summary>
    private sealed class LightingCamera(RecordingChip chip) : ICamera
    {
        public CameraName Name => new("pi", "0");

        public Task RunAsync(ChannelWriter<Frame> frames, CancellationToken stopping)
        {
            chip.States.Add("firmware lights it");
            for (var picture = 0; picture < 2; picture++)
            {
                frames.TryWrite(default);
                chip.States.Add("picture");
            }
            return Task.CompletedTask;
        }
    }
}
