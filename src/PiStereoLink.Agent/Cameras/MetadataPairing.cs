using System.IO.Pipelines;

namespace PiStereoLink.Agent;

/// <summary>
/// Pairs pictures with the metadata written beside them: one object per encoded picture, in order, right after it. It reads only
/// when a picture asks, so that a line does not wake the agent; the pipe holds the metadata of dozens of pictures meanwhile.
/// </summary>
public sealed class MetadataPairing(PipeReader input, TimeSpan framePeriod, TimeProvider time) : IAsyncDisposable
{
    /// <summary>So many pictures in a row without metadata, and the program is taken to write none.</summary>
    private const int MissesBeforeGivingUp = 3;

    // The object follows its picture within milliseconds. A loaded Pi gets 100 ms, a slow camera its period, but never a second.
    private readonly TimeSpan patience = TimeSpan.FromMilliseconds(Math.Clamp(framePeriod.TotalMilliseconds, 100, 1000));
    private readonly CancellationTokenSource abandoned = new();
    private readonly CameraMetadataParser parser = new();
    private CancellationTokenSource? timeout;
    private Task draining = Task.CompletedTask;
    private long nextObject;
    private int misses;

    /// <summary>True once the program has been found to write no metadata.</summary>
    public bool HasGivenUp { get; private set; }

    /// <summary>The metadata of the picture with this number, counted from 0 in the order of encoding; null when it does not come in time.</summary>
    public async ValueTask<CameraMetadata?> ForAsync(long picture)
    {
        if (HasGivenUp)
            return null;
        timeout ??= new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        timeout.CancelAfter(patience);
        try
        {
            while (await NextAsync(timeout.Token) is { } metadata)
            {
                if (nextObject++ < picture)
                    continue;               // of a picture that never came out whole
                misses = 0;
                return nextObject - 1 == picture ? metadata : null;
            }
            GiveUp();                       // the stream has ended
        }
        catch (OperationCanceledException)
        {
            timeout.Dispose();
            timeout = null;
            if (++misses == MissesBeforeGivingUp)
                GiveUp();
        }
        finally
        {
            timeout?.CancelAfter(Timeout.InfiniteTimeSpan);
        }
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await abandoned.CancelAsync();
        await draining;
        await input.CompleteAsync();
        abandoned.Dispose();
        timeout?.Dispose();
    }

    /// <summary>The next object; null at the end of the stream.</summary>
    private async ValueTask<CameraMetadata?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            var whole = parser.TryRead(ref buffer, out var metadata);
            input.AdvanceTo(buffer.Start, whole ? buffer.Start : buffer.End);
            if (whole)
                return metadata;
            if (read.IsCompleted)
                return null;
        }
    }

    /// <summary>A program that writes after all must not find its pipe full.</summary>
    private void GiveUp()
    {
        HasGivenUp = true;
        draining = DrainAsync();
    }

    private async Task DrainAsync()
    {
        try
        {
            await input.CopyToAsync(Stream.Null, abandoned.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The camera has ended.
        }
    }
}
