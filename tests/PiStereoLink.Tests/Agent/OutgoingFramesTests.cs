using PiStereoLink.Agent;
using PiStereoLink.Protocol;
using PiStereoLink.Tests.Receiver;

namespace PiStereoLink.Tests.Agent;

public class OutgoingFramesTests
{
    private readonly List<double> dropped = [];

    private OutgoingFrames Queue(int capacity) => new(capacity, frame =>
    {
        dropped.Add(frame.Milliseconds());
        frame.Dispose();
    });

    [Fact]
    public void When_it_is_full_the_oldest_goes()
    {
        var queue = Queue(2);
        for (var at = 1; at <= 4; at++)
            Assert.True(queue.TryWrite(Frames.At(at)));
        Assert.Equal([1, 2], dropped);
        Assert.Equal([3, 4], Take(queue));
        Assert.Empty(Take(queue));
    }

    [Fact]
    public async Task A_wait_ends_with_the_next_frame()
    {
        var queue = Queue(2);
        var wait = queue.WaitAsync().AsTask();
        Assert.False(wait.IsCompleted);
        queue.TryWrite(Frames.At(1));
        await wait;
        Assert.True(queue.WaitAsync().AsTask().IsCompletedSuccessfully);
        Assert.Equal([1], Take(queue));
    }

    [Fact]
    public async Task A_wait_is_called_off_and_so_is_one_that_has_not_begun()
    {
        var queue = Queue(2);
        var wait = queue.WaitAsync().AsTask();
        queue.Wake();
        await wait;
        queue.Wake();
        Assert.True(queue.WaitAsync().AsTask().IsCompletedSuccessfully);
        Assert.False(queue.WaitAsync().AsTask().IsCompleted);
    }

    [Fact]
    public async Task What_is_queued_at_the_end_can_still_be_taken_and_nothing_comes_after_it()
    {
        var queue = Queue(2);
        queue.TryWrite(Frames.At(1));
        Assert.True(queue.TryComplete());
        Assert.False(queue.TryComplete());
        using var late = Frames.At(2);
        Assert.False(queue.TryWrite(late));
        Assert.False(queue.Drained.IsCompleted);
        Assert.Equal([1], Take(queue));
        await queue.Drained;
        Assert.True(queue.WaitAsync().AsTask().IsCompletedSuccessfully);
    }

    private static List<double> Take(OutgoingFrames queue)
    {
        List<double> taken = [];
        while (queue.TryRead(out var frame))
        {
            taken.Add(frame.Milliseconds());
            frame.Dispose();
        }
        return taken;
    }
}
