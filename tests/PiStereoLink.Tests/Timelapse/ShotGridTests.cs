using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Timelapse;

public class ShotGridTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 8, 45, 12, TimeSpan.Zero);
    private readonly ManualClock clock = new(Start);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_shots_do_not_drift_however_long_each_takes()
    {
        var grid = new ShotGrid(clock, TimeSpan.FromMilliseconds(100), aligned: false);
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var shot = await grid.NextAsync(Token);
            Assert.Equal((i, TimeSpan.Zero, 0), (shot.Number, shot.Late, shot.Skipped));
            Assert.Equal(Start + TimeSpan.FromMilliseconds(100 * i), clock.GetUtcNow());
            clock.Advance(TimeSpan.FromMilliseconds(random.Next(0, 100)));
        }
    }

    [Fact]
    public async Task A_shot_that_takes_too_long_skips_places_and_the_grid_stays()
    {
        var grid = new ShotGrid(clock, TimeSpan.FromSeconds(10), aligned: false);
        await grid.NextAsync(Token);
        clock.Advance(TimeSpan.FromSeconds(37));
        Assert.Equal(new Shot(4, TimeSpan.Zero, 3), await grid.NextAsync(Token));
        Assert.Equal(Start + TimeSpan.FromSeconds(40), clock.GetUtcNow());
    }

    [Fact]
    public async Task A_shot_that_is_a_little_late_is_taken_and_says_so()
    {
        var grid = new ShotGrid(clock, TimeSpan.FromSeconds(10), aligned: false);
        await grid.NextAsync(Token);
        clock.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(new Shot(1, TimeSpan.FromSeconds(2), 0), await grid.NextAsync(Token));
        Assert.Equal(new Shot(2, TimeSpan.Zero, 0), await grid.NextAsync(Token));
        Assert.Equal(Start + TimeSpan.FromSeconds(20), clock.GetUtcNow());
    }

    [Fact]
    public async Task Aligned_shots_are_on_the_hour()
    {
        var grid = new ShotGrid(clock, TimeSpan.FromHours(1), aligned: true);
        for (var hour = 9; hour < 14; hour++)
        {
            await grid.NextAsync(Token);
            Assert.Equal(new TimeSpan(hour, 0, 0), clock.GetUtcNow().TimeOfDay);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(0.4)]
    public async Task When_the_clock_is_set_an_aligned_grid_follows_and_no_number_comes_twice(double hours)
    {
        var grid = new ShotGrid(clock, TimeSpan.FromHours(1), aligned: true);
        var numbers = new List<long>();
        for (var i = 0; i < 10; i++)
        {
            numbers.Add((await grid.NextAsync(Token)).Number);
            Assert.Equal(0, clock.GetUtcNow().TimeOfDay.Ticks % TimeSpan.TicksPerHour);
            clock.Advance(TimeSpan.FromMinutes(1));
            if (i == 4)
                clock.SetWall(TimeSpan.FromHours(hours));
        }
        Assert.Equal(numbers.Order().Distinct(), numbers);
    }

    [Fact]
    public async Task A_free_grid_does_not_care_for_the_clock_on_the_wall()
    {
        var grid = new ShotGrid(clock, TimeSpan.FromSeconds(10), aligned: false);
        await grid.NextAsync(Token);
        clock.SetWall(TimeSpan.FromHours(-1));
        Assert.Equal(new Shot(1, TimeSpan.Zero, 0), await grid.NextAsync(Token));
        Assert.Equal(TimeSpan.FromSeconds(10).Ticks, clock.GetTimestamp());
    }
}
