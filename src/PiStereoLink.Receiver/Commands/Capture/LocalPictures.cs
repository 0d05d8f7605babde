using System.Runtime.CompilerServices;
using PiStereoLink.Receiver.Sources;

namespace PiStereoLink.Receiver.Commands.Capture;

/// <summary>The pairs of a camera of this machine, a film or the rendered rig, as they come.</summary>
internal sealed class LocalPictures(SourceSpec source) : ICaptureSource
{
    public bool IsLive => true;

    public async IAsyncEnumerable<CapturedPictures> PicturesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var pair in LocalSource.PairsAsync(source, cancellationToken))
            using (pair)
                yield return new CapturedPictures(pair.Left.Bytes, pair.Right.Bytes, $"{pair.CapturedAt:HH:mm:ss.fff}");
    }
}
