using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Cameras;

/// <summary>
/// Remembers the last frames of a camera by identity and check value. An agent sends again what was not acknowledged, 16 frames at
/// most, so 256 places last; a frame's place is its sequence, and a frame forgotten too early is shown twice, no worse.
/// </summary>
public sealed class RecentFrames
{
    private const int Places = 256;

    private readonly Lock gate = new();
    private (FrameIdentity Identity, uint Crc)[]? places;     // made for the first frame: most cameras never ask

    /// <summary>False when this very frame is remembered; otherwise it is from here on.</summary>
    public bool TryAdd(FrameIdentity identity, uint crc)
    {
        lock (gate)
        {
            ref var place = ref (places ??= new (FrameIdentity, uint)[Places])[identity.Sequence % Places];
            if (place == (identity, crc))
                return false;
            place = (identity, crc);
            return true;
        }
    }
}
