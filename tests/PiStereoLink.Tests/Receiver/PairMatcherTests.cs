using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Pairing;

namespace PiStereoLink.Tests.Receiver;

public class PairMatcherTests
{
    private ulong sequence;

    private List<(double Left, double Right)> Offer(PairMatcher matcher, params (Eye Eye, double At)[] frames)
    {
        var pairs = new List<(double, double)>();
        foreach (var (eye, at) in frames)
        {
            using var pair = matcher.Offer(eye, Frames.At(at, sequence: ++sequence));
            if (pair is not null)
                pairs.Add((pair.Left.Milliseconds(), pair.Right.Milliseconds()));
        }
        return pairs;
    }

    private static (Eye, double) L(double at) => (Eye.Left, at);

    private static (Eye, double) R(double at) => (Eye.Right, at);

    [Fact]
    public void Frames_of_one_moment_are_pairs_whichever_comes_first()
    {
        using var matcher = new PairMatcher(TimeProvider.System);
        Assert.Equal([(0, 0), (100, 101), (200, 200)], Offer(matcher, L(0), R(0), R(101), L(100), L(200), R(200)));
        Assert.Equal((0, 0), (matcher.Unpaired(Eye.Left), matcher.Unpaired(Eye.Right)));
    }

    [Fact]
    public void Frames_of_one_turn_are_pairs_however_far_apart_they_were_taken_and_others_never()
    {
        using var matcher = new PairMatcher(TimeProvider.System, byTurn: true);
        var pairs = new List<(ulong, double, double)>();
        foreach (var (eye, at, turn) in new (Eye, double, ulong)[] { (Eye.Left, 0, 1), (Eye.Right, 134, 1), (Eye.Left, 200, 2), (Eye.Left, 300, 3), (Eye.Right, 201, 3), (Eye.Right, 300, 4) })
        {
            using var pair = matcher.Offer(eye, Frames.At(at, sequence: turn));
            if (pair is not null)
                pairs.Add((pair.Left.Identity.Sequence, pair.Left.Milliseconds(), pair.Right.Milliseconds()));
        }
        Assert.Equal([(1, 0, 134), (3, 300, 201)], pairs);
    }

    [Fact]
    public void A_late_partner_is_waited_for()
    {
        using var matcher = new PairMatcher(TimeProvider.System);
        Assert.Equal([(0, 0), (100, 100), (200, 200)], Offer(matcher, L(0), L(100), L(200), R(0), R(100), R(200)));
    }

    [Fact]
    public void A_frame_without_partner_is_counted_once_its_eye_has_brought_eight_more()
    {
        using var matcher = new PairMatcher(TimeProvider.System);
        Assert.Equal([(0, 0), (200, 200)], Offer(matcher, L(0), R(0), L(100), L(200), R(200)));
        Offer(matcher, [.. Enumerable.Range(3, 6).SelectMany(i => new[] { L(i * 100), R(i * 100) })]);
        Assert.Equal((0, 0), (matcher.Unpaired(Eye.Left), matcher.Unpaired(Eye.Right)));
        Offer(matcher, L(900), R(900));
        Assert.Equal((1, 0), (matcher.Unpaired(Eye.Left), matcher.Unpaired(Eye.Right)));
    }

    [Fact]
    public void The_tolerance_is_half_the_shorter_period_once_it_is_known()
    {
        using var matcher = new PairMatcher(TimeProvider.System);
        Offer(matcher, L(0), R(0), L(100), R(100), L(200), R(200));
        Assert.Equal(16, matcher.Tolerance.TotalMilliseconds, 1.0);
        Offer(matcher, L(300), R(300));
        Assert.Equal(50, matcher.Tolerance.TotalMilliseconds, 1.0);
        Assert.Equal([(400, 449)], Offer(matcher, L(400), R(449)));
        Assert.Empty(Offer(matcher, L(500), R(560)));
    }

    [Fact]
    public void One_frame_is_in_one_pair_only()
    {
        using var matcher = new PairMatcher(TimeProvider.System, TimeSpan.FromMilliseconds(30));
        Assert.Equal([(0, 10)], Offer(matcher, L(0), R(10), R(20)));
        Assert.Equal([(25, 20)], Offer(matcher, L(25)));
    }

    [Fact]
    public void The_nearest_waiting_frame_is_taken()
    {
        using var matcher = new PairMatcher(TimeProvider.System, TimeSpan.FromMilliseconds(60));
        Assert.Equal([(50, 52)], Offer(matcher, R(0), R(52), R(95), L(50)));
    }

    [Fact]
    public void The_same_frame_again_is_no_second_pair()
    {
        using var matcher = new PairMatcher(TimeProvider.System);
        var (first, second) = (Frames.At(0, sequence: 7), Frames.At(1, sequence: 7));
        Assert.Null(matcher.Offer(Eye.Left, first));
        using var pair = matcher.Offer(Eye.Right, second);
        Assert.NotNull(pair);
        var again = new[] { Frames.At(0, sequence: 7), Frames.At(1, sequence: 7) };
        Assert.Null(matcher.Offer(Eye.Left, again[0]));
        Assert.Null(matcher.Offer(Eye.Right, again[1]));
        Assert.All(again, frame => Assert.True(frame.IsGone()));
    }

    [Fact]
    public void An_old_pair_is_found_between_newer_ones()
    {
        using var matcher = new PairMatcher(TimeProvider.System);
        Assert.Equal([(900, 900), (0, 0), (1000, 1000), (100, 100)],
            Offer(matcher, L(900), L(0), R(900), R(0), L(1000), L(100), R(1000), R(100)));
    }

    [Fact]
    public void A_dead_eye_costs_no_memory_and_every_frame_is_given_back()
    {
        var frames = Enumerable.Range(0, 100).Select(i => Frames.At(i * 33, sequence: (ulong)i)).ToArray();
        using (var matcher = new PairMatcher(TimeProvider.System))
        {
            foreach (var frame in frames)
                Assert.Null(matcher.Offer(Eye.Left, frame));
            Assert.Equal(92, matcher.Unpaired(Eye.Left));
            Assert.Equal(92, frames.Count(frame => frame.IsGone()));
        }
        Assert.All(frames, frame => Assert.True(frame.IsGone()));
    }

    [Fact]
    public void Two_cameras_with_jitter_and_losses_pair_right()
    {
        var random = new Random(3);
        var events = new List<(double Arrives, Eye Eye, double At)>();
        for (var i = 0; i < 5000; i++)
            foreach (var eye in new[] { Eye.Left, Eye.Right })
                if (random.NextDouble() > 0.05)
                {
                    var at = i * 33.333 + random.NextDouble() * 4;
                    events.Add((at + random.NextDouble() * 20, eye, at));
                }
        using var matcher = new PairMatcher(TimeProvider.System);
        var pairs = Offer(matcher, [.. events.OrderBy(e => e.Arrives).Select(e => (e.Eye, e.At))]);
        Assert.All(pairs, pair => Assert.Equal((int)(pair.Left / 33.333), (int)(pair.Right / 33.333)));
        Assert.InRange(pairs.Count, 5000 * 0.95 * 0.95 * 0.98, 5000);
    }
}
