namespace PiStereoLink.Protocol;

/// <summary>
/// One picture with its identity. It owns a reference to its bytes: whoever passes a frame on passes the duty to dispose
/// it along; whoever keeps it beside another owner calls <see cref="TryRetain"/> first and disposes once more.
/// </summary>
/// <param name="camera">Which camera took it.</param>
/// <param name="identity">Its key against duplicates.</param>
/// <param name="capturedAt">Time of capture, UTC; time of arrival where the peer sends no stamp.</param>
/// <param name="stamp">What the agent wrote into the picture, or null.</param>
/// <param name="buffer">The JPEG.</param>
public sealed class Frame(CameraName camera, FrameIdentity identity, DateTime capturedAt, Stamp? stamp, FrameBuffer buffer) : IDisposable
{
    public CameraName Camera { get; } = camera;

    public FrameIdentity Identity { get; } = identity;

    public DateTime CapturedAt { get; } = capturedAt;

    public Stamp? Stamp { get; } = stamp;

    /// <summary>The JPEG, valid until the last owner disposes the frame.</summary>
    public ReadOnlyMemory<byte> Bytes => buffer.Memory;

    /// <summary>The JPEG with its length header in front, as one piece to send.</summary>
    public ReadOnlyMemory<byte> Framed => buffer.Framed;

    /// <summary>Takes one more reference; false when the last owner has let go already.</summary>
    public bool TryRetain() => buffer.TryRetain();

    /// <summary>Gives one reference back; the bytes return to the pool with the last.</summary>
    public void Dispose() => buffer.Dispose();
}
