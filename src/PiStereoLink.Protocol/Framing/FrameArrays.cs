using System.Buffers;

namespace PiStereoLink.Protocol;

/// <summary>
/// The arrays behind frames. Those of video come from the shared pool, which keeps some for each thread; the large ones of stills from
/// one that keeps no more than were ever in use at a time: a few threads with 64 MB each would be more than the rest of the program.
/// </summary>
internal static class FrameArrays
{
    /// <summary>From here on an array is large.</summary>
    public const int LargeBytes = 1024 * 1024;

    private const int LargestBytes = 64 * 1024 * 1024, KeptOfEachSize = 64;

    private static readonly ArrayPool<byte> Large = ArrayPool<byte>.Create(LargestBytes, KeptOfEachSize);

    public static byte[] Rent(int bytes) => Of(bytes).Rent(bytes);

    public static void Return(byte[] array) => Of(array.Length).Return(array);

    private static ArrayPool<byte> Of(int bytes) => bytes <= LargeBytes ? ArrayPool<byte>.Shared : Large;
}
