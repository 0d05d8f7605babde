using System.Net.Security;
using System.Net.Sockets;

namespace PiStereoLink.Receiver.Link;

/// <summary>A connection whose bytes come through a stream, such as one that decrypts them.</summary>
/// <param name="socket">The connection underneath.</param>
/// <param name="stream">Its bytes and the way back. A read of 0 bytes must wait for data, as those of <see cref="NetworkStream"/> and SslStream do.</param>
public sealed class StreamConnection(Socket socket, Stream stream) : PeerConnection(socket, stream)
{
    /// <summary>A stream gives little at a time: TLS records hold 16 kB.</summary>
    private const int ReadBytes = 64 * 1024;

    /// <summary>The stream, where it is TLS.</summary>
    public SslStream? Tls => Stream as SslStream;

    public override async ValueTask<bool> ReadAsync(FrameIntake intake, int atMost, CancellationToken cancellationToken)
    {
        try
        {
#pragma warning disable CA2022 // "Avoid inexact read": a read of nothing waits for something to read, and cannot be inexact
            await Stream.ReadAsync(Memory<byte>.Empty, cancellationToken);
#pragma warning restore CA2022
            // Never more than fits into the frame under way: more memory is asked for first.
            var wanted = Math.Min(atMost, intake.Missing > 0 ? Math.Min(intake.Free.Length, ReadBytes) : ReadBytes);
            var (block, count) = (ReadBlocks.Take(), 0);
            try
            {
                count = await Stream.ReadAsync(block.AsMemory(0, wanted), cancellationToken);
                return count > 0;
            }
            finally
            {
                if (count > 0)
                    intake.Take(block, count);
                else
                    ReadBlocks.Give(block);
            }
        }
        catch (ObjectDisposedException e)
        {
            throw new IOException(e.Message, e);
        }
    }
}
