using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// The receiver's clock as all links of this agent know it together: they feed it, and every frame's stamp is told from it how far the
/// Pi's own clock is off. Any thread.
/// </summary>
public sealed class ReceiverClock(TimeProvider time)
{
    private const long NanosecondsPerMicrosecond = 1000;

    private readonly ClockEstimator estimator = new();      // under gate
    private readonly Lock gate = new();
    private volatile bool known;

    /// <summary>Whether it was ever heard of in this run.</summary>
    public bool IsKnown => known;

    /// <summary>What a stamp written now would say of a picture taken now.</summary>
    public ClockState Now =>
        StateOf(new CaptureTime(time.GetUtcNow().UtcDateTime, Microseconds(time.GetTimestamp()) * NanosecondsPerMicrosecond, ErrorMicroseconds: null), CaptureClock.Plausible);

    /// <summary>A frame was acknowledged, or seen.</summary>
    /// <param name="sentAt">The time provider's timestamp just before it was sent; 0 when others were before it in the queue.</param>
    /// <param name="ack">What the receiver said.</param>
    public void Heard(long sentAt, in ReceiverLine ack)
    {
        if (sentAt == 0 || Stamp.FromMicroseconds(ack.ArrivedAtMicroseconds) is null || Stamp.FromMicroseconds(ack.WrittenAtMicroseconds) is null)
            return;
        var heardAt = Microseconds(time.GetTimestamp());
        lock (gate)
            known = estimator.Add(new ClockSample(Microseconds(sentAt), ack.ArrivedAtMicroseconds, ack.WrittenAtMicroseconds, heardAt)) || known;
    }

    /// <summary>What the stamp of a picture says of its clock.</summary>
    /// <param name="captured">When it was taken. Without a monotonic time it cannot be compared.</param>
    /// <param name="oldest">A time longer ago than this, or one to come, is on another clock than ours.</param>
    public ClockState StateOf(in CaptureTime captured, TimeSpan oldest) =>
        captured.MonotonicNanoseconds is { } nanoseconds && TryGet(nanoseconds / NanosecondsPerMicrosecond, oldest, out var estimate)
            ? new ClockState(ClockSource.Receiver,
                estimate.Offset + nanoseconds / NanosecondsPerMicrosecond - Stamp.ToMicroseconds(captured.Utc), estimate.Error + (captured.ErrorMicroseconds ?? 0))
            : new ClockState(ClockSource.None, OffsetMicroseconds: null, captured.ErrorMicroseconds);

    private bool TryGet(long monotonic, TimeSpan oldest, out ClockEstimate estimate)
    {
        lock (gate)
            return estimator.TryGet(monotonic, out estimate)
                && Microseconds(time.GetTimestamp()) - monotonic is var age && age >= 0 && age < oldest.TotalMicroseconds;
    }

    private long Microseconds(long timestamp) => (long)((Int128)timestamp * TimeSpan.MicrosecondsPerSecond / time.TimestampFrequency);
}

internal static class ClockFeature
{
    public static HostApplicationBuilder AddClock(this HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReceiverClock>();
        return builder;
    }
}
