namespace PiStereoLink.SimulatedCamera;

/// <summary>Writes as C's stdio does: whole 4 KiB blocks go out, the rest waits for the next write or a flush.</summary>
/// <remarks>Without --flush a reader therefore gets the end of each frame together with the next one, as from the real program.</remarks>
internal sealed class StdioStream(Stream inner) : IDisposable
{
    private const int BlockBytes = 4096;

    private readonly byte[] waiting = new byte[BlockBytes];
    private int count;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (count + bytes.Length >= BlockBytes && count > 0)
        {
            var fill = BlockBytes - count;
            bytes[..fill].CopyTo(waiting.AsSpan(count));
            inner.Write(waiting);
            bytes = bytes[fill..];
            count = 0;
        }
        if (bytes.Length >= BlockBytes)
        {
            var whole = bytes.Length / BlockBytes * BlockBytes;
            inner.Write(bytes[..whole]);
            bytes = bytes[whole..];
        }
        bytes.CopyTo(waiting.AsSpan(count));
        count += bytes.Length;
    }

    public void Flush()
    {
        var bytes = waiting.AsSpan(0, count);
        count = 0;
        if (!bytes.IsEmpty)
            inner.Write(bytes);
    }

    /// <summary>Closes without flushing; a clean end flushes first.</summary>
    public void Dispose() => inner.Dispose();
}
