using System.Diagnostics;

namespace PiStereoLink.Tests;

/// <summary>Waits that are never too short: the runtime's timers count by a clock of some milliseconds, and may be early by as much.</summary>
internal static class AtLeast
{
    /// <summary>Waits until so much time has passed since <paramref name="start"/>, a <see cref="Stopwatch"/> time.</summary>
    public static async Task PassedAsync(TimeSpan time, long start, CancellationToken cancellationToken)
    {
        while (time - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } left)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), cancellationToken);      // it cuts parts of a millisecond off
    }
}
