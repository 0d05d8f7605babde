using PiStereoLink.Agent;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Clock;

public class SentTimesTests
{
    private static FrameIdentity Frame(int number) => new(1, 1, (ulong)number);

    [Fact]
    public void The_last_sixteen_are_known_and_each_is_told_once()
    {
        var times = new SentTimes();
        Assert.False(times.TryTake(default, out _));
        for (var number = 1; number <= 40; number++)
            times.Add(Frame(number), 1000 + number);
        for (var number = 1; number <= 40; number++)
        {
            Assert.Equal((number > 24, number > 24 ? 1000 + number : 0), (times.TryTake(Frame(number), out var sentAt), sentAt));
            Assert.False(times.TryTake(Frame(number), out _));
        }
    }

    [Fact]
    public void Of_a_frame_that_was_sent_again_the_last_time_counts()
    {
        var times = new SentTimes();
        times.Add(Frame(1), 10);
        times.Add(Frame(2), 20);
        times.Add(Frame(1), 30);
        Assert.True(times.TryTake(Frame(1), out var sentAt));
        Assert.Equal(30, sentAt);
    }
}
