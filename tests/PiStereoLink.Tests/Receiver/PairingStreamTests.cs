using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Pairing;

namespace PiStereoLink.Tests.Receiver;

public class PairingStreamTests
{
    private static void IsExact(PairingStream stream)
    {
        var outcome = stream.Pair();
        Assert.True(outcome.True.Count > stream.Frames / 2, $"only {outcome.True.Count} pairs are possible");
        Assert.True(outcome.Precision == 1, $"{outcome.Pairs.Count} pairs made, precision {outcome.Precision:P3}; first wrong: {outcome.Pairs.Except(outcome.True).FirstOrDefault()}");
        Assert.True(outcome.Recall >= 0.999, $"{outcome.True.Count} pairs possible, recall {outcome.Recall:P3}; first missed: {outcome.True.Except(outcome.Pairs).FirstOrDefault()}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(-0.2)]
    [InlineData(1 / 3.0)]
    [InlineData(-1 / 3.0)]
    public void Jitter_losses_late_frames_duplicates_and_a_drifting_clock_cost_no_pair(double phase) => IsExact(new PairingStream(Seed: 1)
    {
        Phase = phase,
        DropShare = 0.05,
        DuplicateShare = 0.03,
        LatenessMs = 150,
        ClockDriftPpm = 50,
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1 / 3.0)]
    public void Frames_that_overtake_each_other_cost_no_pair(double phase) => IsExact(new PairingStream(Seed: 2)
    {
        Phase = phase,
        DropShare = 0.05,
        DuplicateShare = 0.03,
        LatenessMs = 100,
        Overtaking = true,
    });

    [Fact]
    public void A_third_of_the_frames_lost_makes_no_wrong_pair() => IsExact(new PairingStream(Seed: 3) { Phase = 0.25, DropShare = 0.2, JitterMs = 1, LatenessMs = 60 });

    [Theory]
    [InlineData(50)]
    [InlineData(-50)]
    public void Cameras_that_drift_against_each_other_are_paired_by_what_is_nearest(double ppm) =>
        IsExact(new PairingStream(Seed: 4) { Frames = 9_000, Phase = -Math.Sign(ppm) * 0.2, RateDriftPpm = ppm, JitterMs = 0.5, LatenessMs = 60 });

    [Fact]
    public void Frames_without_a_stamp_pair_by_arrival_and_the_pair_says_so()
    {
        using var matcher = new PairMatcher(TimeProvider.System);
        Assert.Null(matcher.Offer(Eye.Left, Frames.At(0, Frames.Left)));
        using var pair = matcher.Offer(Eye.Right, Frames.At(3, Frames.Right));
        Assert.True(pair!.IsByArrival);
    }

    [Fact]
    public void Frames_with_stamps_pair_by_them_and_the_pair_says_so()
    {
        using var matcher = new PairMatcher(TimeProvider.System);
        Assert.Null(matcher.Offer(Eye.Left, Stamped(Frames.Left)));
        using var pair = matcher.Offer(Eye.Right, Stamped(Frames.Right));
        Assert.False(pair!.IsByArrival);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0.0, "good")]
    [InlineData(1.0, "good")]
    [InlineData(1.01, "fair")]
    [InlineData(5.0, "fair")]
    [InlineData(5.01, "static scenes only")]
    public void The_skew_is_judged_in_words(double? milliseconds, string? words) => Assert.Equal(words, SkewVerdict.Of(milliseconds));

    private static Frame Stamped(CameraName camera)
    {
        var buffer = FrameBuffer.Rent();
        buffer.Append([0xFF, 0xD8, 0xFF, 0xD9]);
        var stamp = new Stamp { Camera = camera, Identity = new FrameIdentity(1, 1, 1), CapturedAt = DateTime.UnixEpoch };
        return new Frame(camera, stamp.Identity, stamp.CapturedAtReceiver, stamp, buffer);
    }
}
