using System.Buffers.Binary;
using System.IO.Pipelines;

namespace PiStereoLink.Protocol;

/// <summary>Writes the picamera recipe's frames: a little-endian <c>uint32</c> length, then that many bytes of JPEG; 0 ends.</summary>
public sealed class FrameWriter(PipeWriter output)
{
    /// <summary>Sends one picture and waits until the transport has taken it.</summary>
    /// <exception cref="ArgumentException">An empty picture: its length would read as the end of the stream.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> jpeg, CancellationToken cancellationToken = default)
    {
        if (jpeg.IsEmpty)
            throw new ArgumentException("A frame of 0 bytes would end the stream.", nameof(jpeg));
        WriteLength((uint)jpeg.Length);
        Ended(await output.WriteAsync(jpeg, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Sends the length 0 that ends the stream.</summary>
    public async ValueTask EndAsync(CancellationToken cancellationToken = default)
    {
        WriteLength(0);
        Ended(await output.FlushAsync(cancellationToken).ConfigureAwait(false));
    }

    private void WriteLength(uint length)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(sizeof(uint)), length);
        output.Advance(sizeof(uint));
    }

    private static void Ended(FlushResult flushed)
    {
        if (flushed.IsCompleted)
            throw new IOException("The receiver closed the connection.");
    }
}
