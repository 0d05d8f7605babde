namespace PiStereoLink.Protocol;

/// <summary>What a frame is called, beside its bytes.</summary>
internal readonly record struct FrameLabel(CameraName Camera, FrameIdentity Identity, DateTime CapturedAt, Stamp? Stamp);

/// <summary>
/// One picture with its identity. It owns a reference to its bytes: whoever passes a frame on passes the duty to dispose
/// it along; whoever keeps it beside another owner calls <see cref="TryRetain"/> first and disposes once more. A copy of this value
/// is the same frame; whatever is asked of it after the last owner has let go throws.
/// </summary>
public readonly record struct Frame : IDisposable
{
    private readonly FrameBuffer buffer;

    /// <param name="camera">Which camera took it.</param>
    /// <param name="identity">Its key against duplicates.</param>
    /// <param name="capturedAt">Time of capture, UTC; time of arrival where the peer sends no stamp.</param>
    /// <param name="stamp">What the agent wrote into the picture, or null.</param>
    /// <param name="buffer">The JPEG; the caller's reference goes over to the frame.</param>
    public Frame(CameraName camera, FrameIdentity identity, DateTime capturedAt, Stamp? stamp, FrameBuffer buffer)
    {
        this.buffer = buffer;
        buffer.Label = new FrameLabel(camera, identity, capturedAt, stamp);
    }

    public CameraName Camera => buffer.Label.Camera;

    public FrameIdentity Identity => buffer.Label.Identity;

    public DateTime CapturedAt => buffer.Label.CapturedAt;

    public Stamp? Stamp => buffer.Label.Stamp;

    /// <summary>Time of capture by the camera's own clock, as it stands in the picture, UTC; where there is no stamp, <see cref="CapturedAt"/>.</summary>
    public DateTime CameraTime => Stamp?.CapturedAt ?? CapturedAt;

    /// <summary>The JPEG, valid until the last owner disposes the frame.</summary>
    /// <exception cref="ObjectDisposedException">That has happened.</exception>
    public ReadOnlyMemory<byte> Bytes => buffer.Memory;

    /// <summary>The JPEG with its length header in front, as one piece to send.</summary>
    public ReadOnlyMemory<byte> Framed => buffer.Framed;

    /// <summary>The same with a trailer behind the picture, counted in the length.</summary>
    public ReadOnlyMemory<byte> FramedWith(in AckTrailer trailer) => buffer.FramedWith(trailer);

    /// <summary>Takes one more reference; false when the last owner has let go already.</summary>
    public bool TryRetain() => buffer.TryRetain();

    /// <summary>Gives one reference back; the bytes return to the pool with the last.</summary>
    public void Dispose() => buffer.Dispose();
}
