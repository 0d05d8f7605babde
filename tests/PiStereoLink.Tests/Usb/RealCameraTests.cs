using System.Text.Json;
using PiStereoLink.Protocol;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Usb;

/// <summary>
/// The real agent and a real V4L2 device. Nobody's webcam is switched on unasked: PISTEREOLINK_TEST_VIDEO names the device, such as
/// <c>/dev/video0</c>. A device with MJPG is filmed, one without is refused; the kernel's vivid is of the second kind.
/// </summary>
public class RealCameraTests
{
    private static readonly string? Device = Environment.GetEnvironmentVariable("PISTEREOLINK_TEST_VIDEO");

    [Fact]
    public async Task It_is_listed_with_its_formats_and_rates()
    {
        var modes = await ModesAsync();
        Assert.NotEmpty(modes);
        Assert.All(modes, mode => Assert.True(mode is { Width: > 0, Height: > 0, Format.Length: > 0 }));
        Assert.Contains(modes, mode => mode.Framerates is [> 0, ..]);
    }

    [Fact]
    public async Task Its_MJPG_arrives_whole_with_tables_and_the_drivers_times()
    {
        var mode = (await ModesAsync()).FirstOrDefault(mode => mode.Format == "MJPG");
        Assert.SkipWhen(mode is null, $"{Device} gives no MJPG.");
        using var folder = new CameraFolder();
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port, "--camera", Device!, "--width", $"{mode.Width}", "--height", $"{mode.Height}");
        using var stream = await receiver.AcceptAsync();
        var got = await stream.ReadAsync(10);

        Assert.All(got, picture => Assert.Null(StandardHuffmanTables.PlaceOfMissing(picture)));
        Assert.All(got.Select(picture => JpegScanner.Check(picture)), scanned => Assert.Equal((JpegFault.None, mode.Width, mode.Height), (scanned.Fault, scanned.Width, scanned.Height)));
        var stamps = got.ConvertAll(Stamped.Of);
        Assert.All(stamps, stamp => Assert.Null(stamp.Clock.ErrorMicroseconds));
        var times = stamps.ConvertAll(stamp => stamp.MonotonicNanoseconds!.Value);
        Assert.Equal(times.Order().Distinct(), times);
        Assert.InRange(times[^1], 1, Environment.TickCount64 * 1_000_000 + 1_000_000_000);
    }

    [Fact]
    public async Task A_second_program_is_told_that_it_is_in_use()
    {
        var mode = (await ModesAsync()).FirstOrDefault(mode => mode.Format == "MJPG");
        Assert.SkipWhen(mode is null, $"{Device} gives no MJPG.");
        string[] given = ["--camera", Device!, "--width", $"{mode.Width}", "--height", $"{mode.Height}", "--drain", "0"];
        using var folder = new CameraFolder();
        using var receiver = new RecipeReceiver();
        await using var first = folder.Run(receiver.Port, given);
        using var stream = await receiver.AcceptAsync();
        await stream.ReadAsync(1);
        using var other = new CameraFolder();
        await using var second = other.Run(receiver.Port, given);
        Assert.Contains($"Another program is using {Device}", await second.SaysAsync("Starting it again"), StringComparison.Ordinal);
        await stream.ReadAsync(2);
    }

    [Fact]
    public async Task Without_MJPG_it_is_refused_with_what_it_gives()
    {
        var modes = await ModesAsync();
        Assert.SkipWhen(modes.Any(mode => mode.Format is "MJPG" or "JPEG"), $"{Device} gives MJPG.");
        using var folder = new CameraFolder();
        await using var agent = folder.Run(FreePort.Take(), "--camera", Device!, "--drain", "0");
        var said = await agent.SaysAsync("Starting it again");
        Assert.Contains($"{Device} gives {modes[0].Format}, ", said, StringComparison.Ordinal);
        Assert.Contains("and no MJPG: the agent passes a camera's MJPG through and does not encode.", said, StringComparison.Ordinal);
    }

    private static async Task<List<Mode>> ModesAsync()
    {
        Assert.SkipWhen(Device is null, "PISTEREOLINK_TEST_VIDEO names no V4L2 device to test with.");
        using var folder = new CameraFolder();
        await using var agent = AgentProcess.Start(folder.SearchPath, ["cameras", "--json"]);
        var (exitCode, output) = await agent.EndsAsync();
        Assert.Equal(0, exitCode);
        var listed = JsonSerializer.Deserialize<Listed>(output, JsonSerializerOptions.Web)!.Cameras;
        return Assert.Single(listed, camera => camera.Device == Device).Modes;
    }

    private sealed record Listed(List<Camera> Cameras);

    private sealed record Camera(string? Device, string Model, string Id, List<Mode> Modes);

    private sealed record Mode(string Format, int Width, int Height, List<double> Framerates);
}
