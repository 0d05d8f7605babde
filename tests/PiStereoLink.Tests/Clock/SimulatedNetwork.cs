using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Clock;

/// <summary>
/// Two clocks and the network between them in microseconds of a time that only the test knows: 5 to 50 ms each way, a jitter of its own each
/// time, frames of 400 kB that take their time, a disk, and quartzes up to 50 millionths off, each in its own direction.
/// </summary>
internal sealed class SimulatedNetwork(int seed)
{
    private readonly Random random = new(seed);
    private readonly double there = Between(seed, 1, 5_000, 50_000), back = Between(seed, 2, 5_000, 50_000);
    private readonly double ourRate = 1 + Between(seed, 3, -50e-6, 50e-6), theirRate = 1 + Between(seed, 4, -50e-6, 50e-6);
    private readonly double jitter = Between(seed, 5, 0, 20_000);
    private readonly double megabytesPerSecond = Between(seed, 6, 0.5, 100);
    private double now = 1e6;
    private double receiverSet = Between(seed, 7, 1e15, 2e15);

    /// <summary>Both ways take the same time, jitter included.</summary>
    public bool IsSymmetric { get; init; }

    /// <summary>From frame to frame.</summary>
    public double LongestWait { get; init; } = 60e6;

    public long Monotonic => (long)(now * ourRate);

    public long Receiver => (long)(receiverSet + now * theirRate);

    /// <summary>Every third frame has 400 kB, the others 4.</summary>
    public double LargeFrame => random.Next(3) == 0 ? 0.4 : 0.004;

    /// <summary>A frame goes, is stored, is acknowledged.</summary>
    public ClockSample Exchange(double megabytes)
    {
        var extra = jitter * random.NextDouble();
        var sent = Monotonic;
        now += there + extra;
        var arrived = Receiver;
        now += megabytes / megabytesPerSecond * 1e6 + 500 + 30_000 * random.NextDouble();
        var written = Receiver;
        now += IsSymmetric ? there + extra : back + jitter * random.NextDouble();
        return new ClockSample(sent, arrived, written, Monotonic);
    }

    /// <summary>From a millisecond on; short waits are as likely as long ones.</summary>
    public void Wait() => now += 1000 * Math.Pow(LongestWait / 1000, random.NextDouble());

    public void SetReceiver(double by) => receiverSet += by;

    /// <summary>From a second to a day, there or back: more than any round trip here.</summary>
    public double AnyStep() => (random.Next(2) == 0 ? 1 : -1) * Math.Pow(10, 6 + 5 * random.NextDouble());

    private static double Between(int seed, int which, double from, double to) => from + (to - from) * new Random(seed * 31 + which).NextDouble();
}
