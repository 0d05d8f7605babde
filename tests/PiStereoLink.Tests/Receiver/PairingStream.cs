using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Pairing;

namespace PiStereoLink.Tests.Receiver;

/// <summary>Two streams of frames of which is known what belongs together: ten minutes at 30 fps unless said otherwise.</summary>
internal sealed record PairingStream(int Seed)
{
    public const double PeriodMs = 1000 / 30.0;

    public int Frames { get; init; } = 18_000;

    /// <summary>How much later than the left the right camera exposes, of a period.</summary>
    public double Phase { get; init; }

    /// <summary>Each exposure begins up to so much before or after its time.</summary>
    public double JitterMs { get; init; } = 2;

    /// <summary>The right Pi's clock gains so much; its agent measures the offset every ten seconds, to half a millisecond.</summary>
    public double ClockDriftPpm { get; init; }

    /// <summary>The right camera's frames take so much longer than the left one's.</summary>
    public double RateDriftPpm { get; init; }

    public double DropShare { get; init; }

    public double DuplicateShare { get; init; }

    /// <summary>A frame is up to so late, each on its own.</summary>
    public double LatenessMs { get; init; }

    /// <summary>Late frames are overtaken by those behind them, as when a spool is sent between live frames; else a connection keeps their order.</summary>
    public bool Overtaking { get; init; }

    /// <summary>What came of it, in frame numbers.</summary>
    public sealed record Outcome(List<(ulong Left, ulong Right)> Pairs, List<(ulong Left, ulong Right)> True)
    {
        /// <summary>Share of the pairs made that are true; one made twice is not.</summary>
        public double Precision => (double)Found / Pairs.Count;

        /// <summary>Share of the true pairs that were made.</summary>
        public double Recall => (double)Found / True.Count;

        private int Found { get; } = Pairs.Intersect(True).Count();
    }

    public Outcome Pair()
    {
        var random = new Random(Seed);
        var left = Taken(random, offsetMs: 0, ratePpm: 0, clockPpm: 0);
        var right = Taken(random, Phase * PeriodMs, RateDriftPpm, ClockDriftPpm);
        var arrivals = Arrivals(random, Eye.Left, left).Concat(Arrivals(random, Eye.Right, right)).OrderBy(one => one.Arrives);

        using var matcher = new PairMatcher(TimeProvider.System);
        var pairs = new List<(ulong, ulong)>();
        foreach (var (_, eye, number, stampedMs) in arrivals)
        {
            using var pair = matcher.Offer(eye, Receiver.Frames.At(stampedMs, eye == Eye.Left ? Receiver.Frames.Left : Receiver.Frames.Right, number));
            if (pair is not null)
                pairs.Add((pair.Left.Identity.Sequence, pair.Right.Identity.Sequence));
        }
        return new Outcome(pairs, RateDriftPpm == 0 ? SameNumber(left, right) : Nearest(left, right));
    }

    private List<(ulong Number, double TrueMs, double StampedMs)> Taken(Random random, double offsetMs, double ratePpm, double clockPpm)
    {
        var taken = new List<(ulong, double, double)>();
        var (correctedAtMs, correctionMs) = (double.NegativeInfinity, 0.0);
        for (var i = 0; i < Frames; i++)
        {
            var trueMs = i * PeriodMs * (1 + ratePpm / 1e6) + offsetMs + Around(random, JitterMs);
            if (clockPpm != 0 && trueMs - correctedAtMs > 10_000)
                (correctedAtMs, correctionMs) = (trueMs, trueMs * clockPpm / 1e6 + Around(random, 0.5));
            if (random.NextDouble() >= DropShare)
                taken.Add(((ulong)i, trueMs, trueMs + trueMs * clockPpm / 1e6 - correctionMs));
        }
        return taken;
    }

    private IEnumerable<(double Arrives, Eye Eye, ulong Number, double StampedMs)> Arrivals(Random random, Eye eye, List<(ulong Number, double TrueMs, double StampedMs)> taken)
    {
        var before = double.NegativeInfinity;
        foreach (var (number, trueMs, stampedMs) in taken)
        {
            var arrives = trueMs + random.NextDouble() * LatenessMs;
            if (!Overtaking)
                arrives = before = Math.Max(arrives, before + 1e-6);
            yield return (arrives, eye, number, stampedMs);
            if (random.NextDouble() < DuplicateShare)
                yield return (arrives + random.NextDouble() * 200, eye, number, stampedMs);
        }
    }

    private static double Around(Random random, double mostMs) => (2 * random.NextDouble() - 1) * mostMs;

    private static List<(ulong, ulong)> SameNumber(List<(ulong Number, double, double)> left, List<(ulong Number, double, double)> right) =>
        [.. left.Select(one => one.Number).Intersect(right.Select(one => one.Number)).Select(number => (number, number))];

    /// <summary>For cameras that drift past each other: two frames that are each the other's nearest, within half a period.</summary>
    private static List<(ulong, ulong)> Nearest(List<(ulong Number, double TrueMs, double)> left, List<(ulong Number, double TrueMs, double)> right) =>
        [.. left.Select(one => (Left: one, Right: right.MinBy(other => Math.Abs(other.TrueMs - one.TrueMs))))
            .Where(pair => Math.Abs(pair.Left.TrueMs - pair.Right.TrueMs) <= PeriodMs / 2 && left.MinBy(other => Math.Abs(other.TrueMs - pair.Right.TrueMs)) == pair.Left)
            .Select(pair => (pair.Left.Number, pair.Right.Number))];
}
