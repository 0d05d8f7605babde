using PiStereoLink.Receiver;

namespace PiStereoLink.Tests.Receiver;

public class StopTests
{
    /// <summary>The port closes while somebody waits at it for the next peer. That is a race, so it is run many times, and on all threads.</summary>
    [Fact]
    public async Task Stopping_is_no_trouble()
    {
        var lines = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await Parallel.ForAsync(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = TestContext.Current.CancellationToken }, async (_, _) =>
        {
            await using var receiver = await RunningReceiver.StartAsync(new ReceiverSettings());
            await receiver.StopAsync();
            foreach (var line in receiver.LogLines)
                lines.Enqueue(line);
        });
        Assert.DoesNotContain(lines, line => !line.StartsWith("Information: ", StringComparison.Ordinal));
    }
}
