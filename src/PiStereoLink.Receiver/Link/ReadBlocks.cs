using System.Collections.Concurrent;

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

    private static readonly ConcurrentStack<byte[]> Idle = new();

    public static byte[] Take() => Idle.TryPop(out var block) ? block : GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true);

    public static void Give(byte[] block) => Idle.Push(block);
}
