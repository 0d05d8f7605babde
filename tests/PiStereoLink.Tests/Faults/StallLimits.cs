using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Faults;

public class StallLimits
{
    [Theory]
    [InlineData(0, 0.033, 10.033)]
    [InlineData(0.03, 0.1, 10.13)]
    [InlineData(6, 10, 26)]
    [InlineData(0, 20, 30)]
    [InlineData(1, 60, 91)]
    [InlineData(200, 3600, 5600)]
    public void It_is_the_exposure_and_the_interval_and_half_of_that_or_ten_seconds(double exposure, double interval, double limit) =>
        Assert.Equal(limit, StallLimit.Of(TimeSpan.FromSeconds(exposure), TimeSpan.FromSeconds(interval)).TotalSeconds, 6);

    [Theory]
    [InlineData(2e6, 1e6, 2)]
    [InlineData(null, 1e6, 1)]
    [InlineData(null, null, 0)]
    [InlineData(null, 1e18, 1000)]
    public void The_exposure_that_is_set_counts_before_the_one_that_is_told(double? set, double? told, double seconds) =>
        Assert.Equal(seconds, StallLimit.Exposure(set, told).TotalSeconds);

    [Fact]
    public void The_first_picture_has_time_for_the_program_to_start_and_the_exposure_told_counts_from_then_on()
    {
        var stall = new StallClock(TimeSpan.FromSeconds(0.1), null, TimeProvider.System);
        Assert.Equal(15.1, stall.Limit.TotalSeconds, 6);
        stall.PictureCame(new CameraMetadata { ExposureMicroseconds = 90_000 });
        Assert.Equal(10.19, stall.Limit.TotalSeconds, 6);
    }
}
