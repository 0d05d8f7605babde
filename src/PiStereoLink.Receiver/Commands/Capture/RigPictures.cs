using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Pairing;
using PiStereoLink.Receiver.Remote;

namespace PiStereoLink.Receiver.Commands.Capture;

/// <summary>The pairs of a rig of a running receiver: both cameras' streams, paired here by time of capture; the newest pair wins.</summary>
internal sealed class RigPictures(string receiver, string rig) : ICaptureSource
{
    public bool IsLive => true;

    public async IAsyncEnumerable<CapturedPictures> PicturesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var remote = new RemoteReceiver(receiver);
        var (left, right) = await remote.EyesAsync(rig, cancellationToken);
        var gate = new Lock();
        using var matcher = new PairMatcher(TimeProvider.System);
        var newest = Channel.CreateBounded<FramePair>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, static lost => lost.Dispose());
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var streams = new[] { PumpAsync(Eye.Left, left), PumpAsync(Eye.Right, right) };
        try
        {
            await foreach (var pair in newest.Reader.ReadAllAsync(cancellationToken))
                using (pair)
                    yield return new CapturedPictures(pair.Left.Bytes, pair.Right.Bytes, $"{rig}, {pair.CapturedAt:HH:mm:ss.fff}");
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(streams);
        }

        // Whichever stream ends first ends both, with its reason.
        async Task PumpAsync(Eye eye, CameraName camera)
        {
            try
            {
                await foreach (var frame in remote.PicturesAsync(camera, ended.Token))
                    lock (gate)
                        if (matcher.Offer(eye, frame) is { } pair)
                            newest.Writer.TryWrite(pair);
                newest.Writer.TryComplete(new IOException($"The receiver ended the stream of {camera}."));
            }
            catch (Exception e)
            {
                newest.Writer.TryComplete(e is OperationCanceledException && cancellationToken.IsCancellationRequested ? null : e);
            }
        }
    }
}
