using System.Diagnostics;

namespace PiStereoLink.SimulatedCamera;

/// <summary>The instants at which frames are taken: whole multiples of the frame time since 1970, so that two processes agree without talking.</summary>
internal sealed class CaptureGrid(double framesPerSecond)
{
    // In thousandths of a frame per second: 29.97 stays 29.97, and no rounding adds up over fifty years.
    private readonly long milliFramesPerSecond = Math.Max(1, (long)Math.Round(framesPerSecond * 1000));

    /// <summary>The wall clock now, nanoseconds since 1970.</summary>
    public static long NowNanoseconds => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;

    /// <summary>A wall clock time on the sensor's clock: what lies between it and now is the same on both.</summary>
    public static long OnSensorClock(long nanoseconds) => SensorNowNanoseconds - (NowNanoseconds - nanoseconds);

    /// <summary>The clock that sensors stamp with, now: nanoseconds since boot.</summary>
    public static long SensorNowNanoseconds => (long)((Int128)Stopwatch.GetTimestamp() * 1_000_000_000 / Stopwatch.Frequency);

    /// <summary>The time between two frames in microseconds.</summary>
    public long PeriodMicroseconds => 1_000_000_000 / milliFramesPerSecond;

    /// <summary>The number of the last instant at or before a wall clock time in nanoseconds.</summary>
    public long IndexAt(long nanoseconds) => (long)((Int128)nanoseconds * milliFramesPerSecond / 1_000_000_000_000);

    /// <summary>The wall clock time of an instant in nanoseconds.</summary>
    public long TimeOf(long index) => (long)(((Int128)index * 1_000_000_000_000 + milliFramesPerSecond - 1) / milliFramesPerSecond);

    /// <summary>The first instant at or after a wall clock time in nanoseconds.</summary>
    public long InstantFrom(long nanoseconds) => TimeOf(IndexAt(nanoseconds - 1) + 1);

    /// <summary>Waits for a wall clock time; false when asked to stop before it comes.</summary>
    public static bool WaitUntil(long nanoseconds, WaitHandle stop)
    {
        while (true)
        {
            var left = nanoseconds - NowNanoseconds;
            if (left <= 0)
                return !stop.WaitOne(0);
            // Rounded up: waking early only to wait again costs more than a part of a millisecond.
            if (stop.WaitOne((int)Math.Min(left / 1_000_000 + 1, 1000)))
                return false;
        }
    }
}
