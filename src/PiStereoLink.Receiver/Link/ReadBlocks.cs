namespace PiStereoLink.Receiver.Link;

/// <summary>
/// The blocks that sockets are read into. What costs is the call, not the byte: the kernel answers each with an acknowledgement and
/// wakes the sender, so a busy connection is read by the quarter of a megabyte and its frames are cut out of that (docs/decisions/frame-port.md).
/// A block is held until its frames have been handed on, so mostly there are as many as threads that read, and they stay in the processor's
/// cache; a connection that waits for the store holds its own.
/// </summary>
internal static class ReadBlocks
{
    public const int BlockBytes = 256 * 1024;

    private static readonly Lock Gate = new();
    private static readonly Stack<byte[]> Idle = new();     // the last one given back is the one that is still in the cache

    public static byte[] Take()
    {
        lock (Gate)
            if (Idle.TryPop(out var block))
                return block;
        return GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true);
    }

    public static void Give(byte[] block)
    {
        lock (Gate)
            Idle.Push(block);
    }
}
