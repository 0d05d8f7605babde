using PiStereoLink.Receiver.Sources;

namespace PiStereoLink.Tests.Sources;

/// <summary>Which pictures of two devices make a turn, in the time of <see cref="TurnTime"/>.</summary>
public class DeviceTurnsTests
{
    private const double Period = 1000 / 15.0;

    private readonly TurnTime time = new();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Devices_in_step_give_a_turn_a_period_and_none_is_dropped(int buffers)
    {
        var turns = Turns(0.2, buffers: buffers);
        for (var turn = 0; turn < 100; turn++)
            Assert.Equal(0.2 * Period, Skew(turns.Take()), 1);
        Assert.Equal(0, turns.Dropped);
        Assert.InRange(time.Now, 99 * Period, 101 * Period);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Devices_nearly_a_period_apart_are_brought_together_once(int buffers)
    {
        var turns = Turns(0.9, buffers: buffers);
        for (var turn = 0; turn < 100; turn++)
            Assert.Equal(-0.1 * Period, Skew(turns.Take()), 1);
        Assert.Equal(1, turns.Dropped);
        Assert.InRange(time.Now, 99 * Period, 103 * Period);
    }

    [Theory]
    [InlineData(1.01)]
    [InlineData(0.99)]
    public void Devices_that_drift_lose_few_pictures_and_are_never_half_a_period_apart(double rate)
    {
        var turns = Turns(0, rightPeriod: rate * Period);
        for (var turn = 0; turn < 1000; turn++)
            Assert.InRange(Math.Abs(Skew(turns.Take())), 0, 0.52 * Period);
        Assert.InRange(turns.Dropped, 9, 21);       // they pass each other ten times
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_reader_that_comes_late_still_has_two_pictures_of_one_time(int buffers)
    {
        var random = new Random(7);
        var left = new Late(Device(0, Period, buffers), time, random);
        var turns = new DeviceTurns(left, new Late(Device(0.4 * Period, Period, buffers), time, random), 15);
        for (var turn = 0; turn < 300; turn++)
        {
            Assert.InRange(Math.Abs(Skew(turns.Take())), 0, 0.5 * Period);
            Assert.False(turns.IsApart);
        }
    }

    [Fact]
    public void In_the_dark_the_period_is_what_is_seen_and_not_what_the_device_says()
    {
        var turns = new DeviceTurns(Device(0, 2 * Period, 1), Device(1.2 * Period, 2 * Period, 1), 15);
        turns.Take();
        for (var turn = 0; turn < 100; turn++)
            Assert.InRange(Math.Abs(Skew(turns.Take())), 0, Period);
        Assert.Equal(2 * Period, turns.Period.TotalMilliseconds, 1);
        Assert.InRange(turns.Dropped, 1, 5);
    }

    [Fact]
    public void What_cannot_be_brought_together_is_one_turn_all_the_same_and_said()
    {
        var turns = new DeviceTurns(Device(0, Period, 1), new TurnDevice(time, 0, Period, 1) { ClockOffset = 14 * Period }, 15);
        for (var turn = 0; turn < 1000; turn++)
        {
            Assert.True(Math.Abs(Skew(turns.Take())) > Period);
            Assert.True(turns.IsApart);
        }
        Assert.InRange(turns.Dropped, 8, 8 * 20);       // and no more is lost over it for ever
    }

    [Fact]
    public void Without_a_devices_time_the_turn_is_the_moment_of_both()
    {
        var turns = new DeviceTurns(Device(0, Period, 1), new TurnDevice(time, Period / 3, Period, 1) { TellsTime = false }, 15);
        var (left, right) = turns.Take();
        Assert.Equal(left.Utc, right.Utc);
        Assert.Null(right.ErrorMicroseconds);
    }

    private DeviceTurns Turns(double phase, double rightPeriod = Period, int buffers = 1) =>
        new(Device(0, Period, buffers), Device(phase * Period, rightPeriod, buffers), 15);

    private TurnDevice Device(double phase, double period, int buffers) => new(time, phase, period, buffers);

    private static double Skew((CaptureMoment Left, CaptureMoment Right) turn) => (turn.Right.Utc - turn.Left.Utc).TotalMilliseconds;

    /// <summary>Now and then, between any two pictures, the machine has something else to do for up to six periods.</summary>
    private sealed class Late(TurnDevice device, TurnTime time, Random random) : ITurnDevice
    {
        public CaptureMoment Moment => device.Moment;

        public void Grab()
        {
            if (random.Next(3) == 0)
                time.Now += 6 * Period * random.NextDouble();
            device.Grab();
        }
    }
}
