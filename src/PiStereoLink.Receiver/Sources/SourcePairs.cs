using System.Runtime.CompilerServices;
using System.Threading.Channels;
using OpenCvSharp;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Cameras;
using PiStereoLink.Receiver.Pairing;

namespace PiStereoLink.Receiver.Sources;

/// <summary>The pairs of a source of this machine, without a receiver: for a command that has it to itself. The newest pair wins.</summary>
public sealed class SourcePairs(SourceSpec spec, TimeProvider time, ILogger logger)
{
    private const int Waiting = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly RigSpec rig = new("here", new CameraName("here", "left"), new CameraName("here", "right"), null) { Source = spec };
    private long pairs;

    /// <summary>Until a film or a replay ends, or the token; a camera that was unplugged is looked for again. The caller disposes each pair.</summary>
    /// <exception cref="IOException">It cannot be opened; the message says what to do.</exception>
    /// <exception cref="InvalidDataException">What it gives cannot be used.</exception>
    public async IAsyncEnumerable<FramePair> PairsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var newest = Channel.CreateBounded<FramePair>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, static lost => lost.Dispose());
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var filming = FilmAsync(newest.Writer, ended.Token);
        try
        {
            await foreach (var pair in newest.Reader.ReadAllAsync(cancellationToken))
                yield return pair;
        }
        finally
        {
            await ended.CancelAsync();
            await filming;
            while (newest.Reader.TryRead(out var left))
                left.Dispose();
        }
    }

    private async Task FilmAsync(ChannelWriter<FramePair> newest, CancellationToken stopping)
    {
        try
        {
            var source = SourcesFeature.Of(rig, new CameraDirectory(time), time, logger);
            while (await HasBrokenOffAsync(source, newest, stopping))
                await Task.Delay(Pause, time, stopping);
            newest.TryComplete();
        }
        catch (OpenCVException e)
        {
            newest.TryComplete(new InvalidDataException($"OpenCV could not do this: {e.Message}", e));
        }
        catch (Exception e)
        {
            newest.TryComplete(e is OperationCanceledException && stopping.IsCancellationRequested ? null : e);
        }
    }

    /// <summary>True when it gave pictures until something happened to it.</summary>
    private async Task<bool> HasBrokenOffAsync(ISource source, ChannelWriter<FramePair> newest, CancellationToken stopping)
    {
        var before = pairs;
        var frames = Channel.CreateBounded<Frame>(Waiting);
        var pairing = PairAsync(frames.Reader, newest);
        try
        {
            await source.RunAsync(frames.Writer, stopping);
            return false;
        }
        catch (EndOfStreamException)
        {
            return false;       // a film is over
        }
        catch (IOException e) when (pairs > before && !stopping.IsCancellationRequested)
        {
            SourceLog.BrokenOff(logger, e.Message);
            return true;
        }
        finally
        {
            frames.Writer.TryComplete();
            await pairing;
        }
    }

    private async Task PairAsync(ChannelReader<Frame> frames, ChannelWriter<FramePair> newest)
    {
        using var matcher = new PairMatcher(time, byTurn: spec.IsInTurns);
        await foreach (var frame in frames.ReadAllAsync(CancellationToken.None))
            if (matcher.Offer(frame.Camera == rig.Left ? Eye.Left : Eye.Right, frame) is { } pair)
            {
                pairs++;
                if (!newest.TryWrite(pair))
                    pair.Dispose();
            }
    }
}
