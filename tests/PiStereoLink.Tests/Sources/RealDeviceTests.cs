using System.Text.Json;
using PiStereoLink.Receiver.Sources;

namespace PiStereoLink.Tests.Sources;

/// <summary>
/// Two real V4L2 devices as a rig. Nobody's webcams are switched on unasked: PISTEREOLINK_TEST_VIDEO_PAIR names them, such as
/// <c>/dev/video0,/dev/video2</c>; two of the kernel's vivid do.
/// </summary>
public class RealDeviceTests
{
    private static readonly string? Pair = Environment.GetEnvironmentVariable("PISTEREOLINK_TEST_VIDEO_PAIR");

    [Fact]
    public async Task Twenty_of_twenty_pictures_are_pairs_with_the_devices_own_times()
    {
        Assert.SkipWhen(Pair is null, "PISTEREOLINK_TEST_VIDEO_PAIR names no two V4L2 devices to test with.");
        await using var run = new SourceRun();
        await run.StartAsync($"elp:{Pair}+size=640x480+fps=15");
        var rig = await run.PairsAsync(20);
        TestContext.Current.TestOutputHelper?.WriteLine(rig.GetRawText());
        foreach (var line in run.Receiver.LogLines)
            TestContext.Current.TestOutputHelper?.WriteLine(line);
        Assert.Equal("stamps", rig.GetProperty("pairedBy").GetString());
        Assert.Equal((0, 0), SourceRun.Unpaired(rig));
        foreach (var eye in new[] { "left", "right" })
            Assert.Empty((await run.Receiver.CameraAsync($"desk/{eye}")).GetProperty("dropped").EnumerateObject());
    }

    [Fact]
    public async Task They_are_listed_with_formats_and_rates()
    {
        Assert.SkipWhen(Pair is null, "PISTEREOLINK_TEST_VIDEO_PAIR names no two V4L2 devices to test with.");
        var ended = await Tool.RunAsync(Programs.Path("PiStereoLink.Receiver"), "cameras", "--json");
        var listed = JsonSerializer.Deserialize<Listing>(ended.Output, JsonSerializerOptions.Web)!.Cameras;
        foreach (var device in Pair.Split(','))
        {
            var modes = Assert.Single(listed, camera => camera.Device == device).Modes;
            Assert.Contains(modes, mode => mode is { Width: > 0, Height: > 0, Rates: [> 0, ..] });
        }
    }

    private sealed record Listing(List<LocalDevice> Cameras);
}
