namespace PiStereoLink.Agent;

/// <summary>
/// Pairs pictures with the metadata written beside them: one object per encoded picture, in order, right after it. It reads only
/// when a picture asks, so that a line does not wake the agent; the pipe holds the metadata of dozens of pictures meanwhile.
/// </summary>
public sealed class MetadataPairing(ProgramPipe input, TimeSpan framePeriod, TimeProvider time)
{
    /// <summary>So many pictures in a row without metadata, and the program is taken to write none.</summary>
    private const int MissesBeforeGivingUp = 3;

    // The object follows its picture within milliseconds. A loaded Pi gets 100 ms, a slow camera its period, but never a second.
    private readonly TimeSpan patience = TimeSpan.FromMilliseconds(Math.Clamp(framePeriod.TotalMilliseconds, 100, 1000));
    private readonly CameraMetadataParser parser = new();
    private readonly byte[] bytes = new byte[32 * 1024];
    private int start, end;             // what has been read and not parsed
    private long nextObject;
    private int misses;

    /// <summary>True once the program has been found to write no metadata.</summary>
    public bool HasGivenUp { get; private set; }

    /// <summary>The metadata of the picture with this number, counted from 0 in the order of encoding; null when it does not come in time.</summary>
    public CameraMetadata? For(long picture)
    {
        var since = time.GetTimestamp();
        while (!HasGivenUp)
        {
            if (TryParse(out var metadata))
            {
                if (nextObject++ < picture)
                    continue;               // of a picture that never came out whole
                misses = 0;
                return nextObject - 1 == picture ? metadata : null;
            }
            var left = patience - time.GetElapsedTime(since);
            var count = left > TimeSpan.Zero ? input.Read(bytes.AsSpan(end), left) : null;
            if (count is > 0)
                end += count.Value;
            else if (count == 0 || ++misses == MissesBeforeGivingUp)
                HasGivenUp = true;
            else
                return null;
        }
        // A program that writes after all must not find its pipe full.
        while (input.Read(bytes, TimeSpan.Zero) > 0)
        {
        }
        return null;
    }

    private bool TryParse(out CameraMetadata metadata)
    {
        ReadOnlySpan<byte> unread = bytes.AsSpan(start..end);
        var whole = parser.TryRead(ref unread, out metadata);
        (start, end) = whole ? (end - unread.Length, end) : Moved(unread.Length);
        return whole;
    }

    /// <summary>Moves what is left to the front, so that there is room behind it.</summary>
    private (int Start, int End) Moved(int left)
    {
        bytes.AsSpan(end - left, left).CopyTo(bytes);
        return (0, left);
    }
}
