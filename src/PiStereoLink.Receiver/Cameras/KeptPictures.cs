namespace PiStereoLink.Receiver.Cameras;

/// <summary>
/// The memory of the newest pictures of cameras that came unencrypted and that nobody looks at. Each keeps one, of up to 32 MB: without a limit,
/// strangers in the network could fill the memory with pictures that are all right in themselves.
/// </summary>
/// <param name="limit">Bytes that they may take together.</param>
public sealed class KeptPictures(long limit)
{
    private long used;

    public long Used => Volatile.Read(ref used);

    /// <summary>Counts a picture in; false, and nothing counted, when there is no room for it.</summary>
    public bool TryKeep(long bytes)
    {
        if (Interlocked.Add(ref used, bytes) <= limit)
            return true;
        GiveUp(bytes);
        return false;
    }

    /// <summary>It is kept no longer.</summary>
    public void GiveUp(long bytes) => Interlocked.Add(ref used, -bytes);
}
