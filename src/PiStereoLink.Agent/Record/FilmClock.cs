namespace PiStereoLink.Agent;

/// <summary>When each picture of a film was taken: never earlier than the one before it, even where its time is not told and the arrival has to do.</summary>
internal sealed class FilmClock(TimeProvider time, TimeSpan framePeriod)
{
    private readonly CaptureClock clock = new(time, framePeriod);
    private TimeSpan last = TimeSpan.MinValue;

    public (DateTime Utc, TimeSpan Time) Of(CameraMetadata? told)
    {
        var captured = clock.TimeOf(told);
        var at = captured.MonotonicNanoseconds is { } nanoseconds ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick) : time.GetElapsedTime(0);
        last = at > last ? at : last;
        return (captured.Utc, last);
    }
}
