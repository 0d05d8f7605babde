using System.Text.Json;
using PiStereoLink.Receiver.Sources;

namespace PiStereoLink.Tests.Sources;

/// <summary>A device's time, its need of the bus, and the list of devices.</summary>
public class DeviceFactsTests
{
    private static readonly DateTime Noon = new(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(99_980, 20)]
    [InlineData(100_000, 0)]
    [InlineData(100_180, -180)]
    public void A_devices_time_is_the_monotonic_clocks(double position, double age)
    {
        var moment = new DeviceClock(new StoppedTime()).MomentOf(position);
        Assert.Equal(new CaptureMoment(Noon.AddMilliseconds(-age), 1000), moment);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101_001)]
    [InlineData(40_000)]
    [InlineData(1.7e12)]
    public void A_time_that_cannot_be_is_not_taken(double position) =>
        Assert.Equal(new CaptureMoment(Noon, null), new DeviceClock(new StoppedTime()).MomentOf(position));

    [Fact]
    public void Two_uncompressed_cameras_do_not_fit_on_one_bus()
    {
        Assert.Equal(55.3, Bandwidth.OfYuyv(1280, 720, 30), 1);
        Assert.StartsWith("1280x720 at 30 fps as YUYV is 55 MB/s, 2 of them 111; a USB 2 bus has 48 MB/s for cameras", Bandwidth.Sentence(1280, 720, 30, 2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cameras_are_listed_as_JSON_even_when_there_are_none()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Cameras are listed on Linux only.");
        var ended = await Tool.RunAsync(Programs.Path("PiStereoLink.Receiver"), "cameras", "--json");
        Assert.Equal(0, ended.ExitCode);
        using var listing = JsonDocument.Parse(ended.Output);
        Assert.Equal(JsonValueKind.Array, listing.RootElement.GetProperty("cameras").ValueKind);
        Assert.Equal(JsonValueKind.Array, listing.RootElement.GetProperty("waitingForFirmware").ValueKind);
    }

    private sealed class StoppedTime : TimeProvider
    {
        public override long TimestampFrequency => 1_000_000_000;

        public override DateTimeOffset GetUtcNow() => new(Noon);

        public override long GetTimestamp() => 100 * TimestampFrequency;
    }
}
