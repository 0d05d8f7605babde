using System.Buffers;

namespace PiStereoLink.Protocol;

/// <summary>
/// The arrays behind frames. The shared pool keeps arrays for each thread: one that another thread gives back is not found again, and a few threads with
/// 64 MB each would be more than the rest of the program. So only small ones come from there; pictures come from pools that all threads share
/// and that keep no more than were ever in use at a time.
/// </summary>
internal static class FrameArrays
{
    /// <summary>From here on a frame that grows leaves arrays behind that are worth counting.</summary>
    public const int LargeBytes = 1024 * 1024;

    private const int SmallBytes = 32 * 1024, UsualBytes = 128 * 1024, LargestBytes = 64 * 1024 * 1024;

    // A thousand cameras send at once, each a picture of the usual size; of larger ones so many would not fit into the memory.
    private static readonly ArrayPool<byte> Usual = ArrayPool<byte>.Create(UsualBytes, 1024), Large = ArrayPool<byte>.Create(LargestBytes, 64);

    public static byte[] Rent(int bytes) => Of(bytes).Rent(bytes);

    public static void Return(byte[] array) => Of(array.Length).Return(array);

    private static ArrayPool<byte> Of(int bytes) => bytes switch
    {
        <= SmallBytes => ArrayPool<byte>.Shared,
        <= UsualBytes => Usual,
        _ => Large,
    };
}
