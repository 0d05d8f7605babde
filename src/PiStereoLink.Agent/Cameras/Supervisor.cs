using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// Runs a camera again whenever it ends and pauses longer the quicker its failures come. The same failure in a row is told ever more rarely:
/// a camera that is unplugged for the night does not fill the log.
/// </summary>
public sealed partial class Supervisor(Tally tally, TimeProvider time, ILogger<Supervisor> logger)
{
    /// <summary>A program that was replaced, or a camera that was busy for a moment, is back soon.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>A camera that is plugged in again is back within half a minute, its program's start included.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>A camera that ran for a minute is in order: its next failure is a new one.</summary>
    private static readonly TimeSpan GoodRun = TimeSpan.FromMinutes(1);

    public async Task RunAsync(ICamera camera, ChannelWriter<Frame> frames, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(camera);
        Log.Starting(logger, camera.Name);
        var (pause, inARow) = (FirstPause, new InARow());
        while (!stopping.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            tally.CountCameraStart();
            var failure = await RunOnceAsync(camera, frames, stopping);
            if (stopping.IsCancellationRequested)
            {
                if (failure is not (null or OperationCanceledException))
                    Log.StopFailed(logger, camera.Name, failure.Message);
                return;
            }
            if (time.GetElapsedTime(started) >= GoodRun)
                (pause, inARow) = (FirstPause, new InARow());
            var trouble = (failure as CameraException)?.Trouble ?? CameraTrouble.Other;
            tally.Of(camera.Name).CountRestart(trouble);
            inARow = inARow.Plus(failure?.Message);
            if (int.IsPow2(inARow.Times))
                Tell(camera.Name, failure, pause, inARow.Times);
            await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    /// <summary>The failure, or null. Whatever it is, the other cameras go on.</summary>
    private static async Task<Exception?> RunOnceAsync(ICamera camera, ChannelWriter<Frame> frames, CancellationToken stopping)
    {
        try
        {
            await camera.RunAsync(frames, stopping);
            return null;
        }
#pragma warning disable CA1031 // Do not catch general exception types: this is the place where a camera's failures end
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    private void Tell(CameraName camera, Exception? failure, TimeSpan pause, int times)
    {
        var said = failure?.Message ?? "It ended without a reason.";
        if (failure is not (null or CameraException))
            Log.Unexpected(logger, camera, pause.TotalSeconds, failure);
        else if (times == 1)
            Log.Failed(logger, camera, said, pause.TotalSeconds);
        else
            Log.FailedAgain(logger, camera, said, times, pause.TotalSeconds);
    }

    /// <summary>How often the same failure has come without a good minute between. What stands in brackets are its circumstances.</summary>
    private readonly record struct InARow(string? Failure, int Times)
    {
        public InARow Plus(string? message)
        {
            var failure = message?.Split(" (")[0];
            return new(failure, failure == Failure ? Times + 1 : 1);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Camera {Camera}: starting.")]
        public static partial void Starting(ILogger logger, CameraName camera);

        [LoggerMessage(2, LogLevel.Warning, "Camera {Camera}: {Message} Starting it again in {Seconds} s.")]
        public static partial void Failed(ILogger logger, CameraName camera, string message, double seconds);

        [LoggerMessage(5, LogLevel.Warning, "Camera {Camera}: {Message} That was time {Times} in a row, and is told ever more rarely. Starting it again in {Seconds} s.")]
        public static partial void FailedAgain(ILogger logger, CameraName camera, string message, int times, double seconds);

        [LoggerMessage(3, LogLevel.Error, "Camera {Camera} failed in a way nobody foresaw. Starting it again in {Seconds} s.")]
        public static partial void Unexpected(ILogger logger, CameraName camera, double seconds, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "Camera {Camera} did not stop in order: {Message}")]
        public static partial void StopFailed(ILogger logger, CameraName camera, string message);
    }
}
