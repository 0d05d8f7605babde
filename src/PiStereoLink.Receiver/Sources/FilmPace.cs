namespace PiStereoLink.Receiver.Sources;

/// <summary>Plays a film at its own speed: a device comes in time by itself, a file as fast as it can be read.</summary>
public sealed class FilmPace(VideoInput input, TimeProvider time)
{
    private const double WithoutRate = 10;

    private readonly TimeSpan period = TimeSpan.FromSeconds(1 / (input.Mode.Fps is > 0 and <= 1000 and var fps ? fps : WithoutRate));
    private readonly long started = time.GetTimestamp();
    private long pictures;

    /// <summary>Until the next picture's time.</summary>
    public Task NextAsync(CancellationToken stopping)
    {
        var left = input.IsLive ? TimeSpan.Zero : (++pictures * period) - time.GetElapsedTime(started);
        return left > TimeSpan.Zero ? Task.Delay(left, time, stopping) : Task.CompletedTask;
    }
}
