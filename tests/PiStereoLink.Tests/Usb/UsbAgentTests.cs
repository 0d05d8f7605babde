using System.Runtime.InteropServices;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Usb;

/// <summary>The real agent and devices that are none, or not there: below /dev, where anybody can put a file.</summary>
public sealed partial class UsbAgentTests : IDisposable
{
    private const string Memory = "/dev/shm";

    private readonly CameraFolder folder = new();
    private readonly string devices = Path.Combine(Memory, $"pistereolink-{Guid.NewGuid():n}");

    public UsbAgentTests()
    {
        Assert.SkipUnless(Directory.Exists(Memory), $"This system has no {Memory}, so there is no place below /dev for a file.");
        Directory.CreateDirectory(devices);
    }

    private string Link => Path.Combine(devices, "usb-0:1.1:1.0-video-index0");

    public void Dispose()
    {
        folder.Dispose();
        if (Directory.Exists(devices))
            Directory.Delete(devices, recursive: true);
    }

    [Fact]
    public async Task A_camera_that_is_not_there_is_waited_for_and_its_name_followed_anew_each_time()
    {
        await using var agent = Run("--camera", Link);
        Assert.Contains($"Camera garden/0: --camera {Link} is not there. Is the camera plugged in? `agent cameras` lists those that are, with the names that stay the same. Starting it again in 1 s.",
            await agent.SaysAsync("Starting it again"), StringComparison.Ordinal);
        Plug("video3");
        Assert.Contains($"Camera garden/0: {Link} ({devices}/video3) is no video device. `agent cameras` lists those that are. Starting it again", await agent.SaysAsync("is no video device"), StringComparison.Ordinal);
        Plug("video4");
        Assert.Contains($"({devices}/video4) is no video device.", await agent.SaysAsync("video4"), StringComparison.Ordinal);
        Assert.Equal(0, (await agent.StopsAsync()).Captured);
    }

    [Fact]
    public async Task A_pipe_called_video_does_not_hold_the_agent_up()
    {
        Assert.Equal(0, MakePipe($"{devices}/video0", 0x180));
        await using var agent = Run("--camera", $"{devices}/video0");
        await agent.SaysAsync($"{devices}/video0 is no video device.");
        await agent.StopsAsync();
    }

    [Fact]
    public async Task A_device_that_may_not_be_opened_comes_with_the_group_to_join()
    {
        Plug("video0");
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Root may open everything.");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode($"{devices}/video0", UnixFileMode.None);
        await using var agent = Run("--camera", Link);
        Assert.Contains($"`sudo usermod -aG video {Environment.UserName}`, then log in again.", await agent.SaysAsync("cannot be opened"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_that_it_does_not_have_ends_the_agent_at_once()
    {
        await using var agent = Run("--camera", "/dev/video0", "--quality", "80");
        Assert.Equal((1, ""), await agent.EndsAsync());
        Assert.Equal("The USB camera /dev/video0 has no --quality: the camera makes its JPEGs itself, and they are passed on as they are.", agent.Said);
    }

    [Fact]
    public async Task One_device_given_twice_is_refused()
    {
        await using var agent = Run("--camera", "/dev/video0", "--camera", "/dev/video1", "--camera", "/dev/video0");
        Assert.Equal((2, ""), await agent.EndsAsync());
        Assert.Equal("--camera /dev/video0 is given twice: a camera can be driven by one program at a time.", agent.Said);
    }

    [Theory]
    [InlineData("capture")]
    [InlineData("timelapse")]
    public async Task A_verb_that_writes_files_says_which_one_takes_its_pictures(string verb)
    {
        await using var agent = AgentProcess.Start(folder.SearchPath, [verb, "--camera", "/dev/video0", "-o", Path.Combine(folder.Root, "a%d.jpg")]);
        Assert.Equal((1, ""), await agent.EndsAsync());
        Assert.Equal("--camera /dev/video0: this verb does not take pictures with a USB camera. `agent run --camera /dev/video0` sends them, with --mode timelapse at intervals.", agent.Said);
    }

    private AgentProcess Run(params string[] arguments) => folder.Run(FreePort.Take(), [.. arguments, "--drain", "0"]);

    /// <summary>What udev does when a camera gets another number.</summary>
    private void Plug(string device)
    {
        File.WriteAllText(Path.Combine(devices, device), "");
        File.CreateSymbolicLink($"{Link}.new", device);
        File.Move($"{Link}.new", Link, overwrite: true);
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);
}
