using System.Runtime.CompilerServices;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Remote;

namespace PiStereoLink.Receiver.Commands.Capture;

/// <summary>The pictures of one camera of a running receiver.</summary>
internal sealed class CameraPictures(string receiver, CameraName camera) : ICaptureSource
{
    public bool IsLive => true;

    public async IAsyncEnumerable<CapturedPictures> PicturesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var remote = new RemoteReceiver(receiver);
        await foreach (var frame in remote.PicturesAsync(camera, cancellationToken))
            using (frame)
                yield return new CapturedPictures(frame.Bytes, Right: null, $"{camera}");
    }
}
