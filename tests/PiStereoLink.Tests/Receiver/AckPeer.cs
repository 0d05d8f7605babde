using System.Buffers;
using System.Net.Sockets;
using System.Text;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Receiver;

/// <summary>A sender that asks for acknowledgements and reads what comes, one line at a time.</summary>
internal sealed class AckPeer : IDisposable
{
    public const uint Run = 7;
    private const uint Source = 0xCAFE;

    private readonly Socket socket;
    private readonly StreamReader lines;
    private readonly AckOptions options;
    private bool first = true;

    private AckPeer(Socket socket, AckOptions options)
    {
        (this.socket, this.options) = (socket, options);
        lines = new StreamReader(new NetworkStream(socket), Encoding.UTF8);
    }

    public static async Task<AckPeer> ConnectAsync(RunningReceiver receiver, AckOptions options = AckOptions.Offer) => new(await receiver.ConnectAsync(), options);

    public static FrameIdentity Identity(ulong sequence) => new(Source, Run, sequence);

    /// <summary>A stamped picture; <paramref name="entropyBytes"/> makes it another one.</summary>
    public static byte[] Picture(ulong sequence, int entropyBytes = 100, string camera = "garden/0", byte[]? jpeg = null)
    {
        Assert.True(CameraName.TryParse(camera, out var name));
        var buffer = FrameBuffer.Rent();
        buffer.Append(jpeg ?? Pictures.Skeleton(entropyBytes: entropyBytes));
        using var stamped = StampWriter.Write(buffer, new Stamp
        {
            Camera = name,
            Identity = Identity(sequence),
            CapturedAt = new DateTime(2026, 11, 21, 8, 45, 12, DateTimeKind.Utc).AddSeconds(sequence),
        });
        return stamped.Span.ToArray();
    }

    public static byte[] WithTrailer(byte[] picture, ulong sequence, AckOptions flags, uint? crc = null)
    {
        byte[] frame = [.. picture, .. new byte[AckTrailer.Length]];
        new AckTrailer(flags, crc ?? Crc32C.Of(picture), sequence, 0, Run).Write(frame.AsSpan(picture.Length));
        return frame;
    }

    /// <summary>Sends one frame with its trailer; the first makes the offer.</summary>
    public async Task SendAsync(byte[] picture, ulong sequence, uint? crc = null)
    {
        await SendBareAsync(WithTrailer(picture, sequence, first ? options : options & ~AckOptions.Offer, crc));
        first = false;
    }

    /// <summary>Sends a frame as it is.</summary>
    public async Task SendBareAsync(byte[] frame) => await socket.SendAsync(Pieces.Framed(frame), TestContext.Current.CancellationToken);

    /// <summary>Sends a length and nothing behind it.</summary>
    public async Task SendLengthAsync(int length) => await socket.SendAsync(BitConverter.GetBytes(length), TestContext.Current.CancellationToken);

    /// <summary>The next line; none at the end of the stream.</summary>
    public async Task<ReceiverLine?> ReadAsync() =>
        await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line
            ? ReceiverLineText.Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(line)))
            : null;

    public async Task HelloAsync() => Assert.Equal(ReceiverLineKind.Hello, (await ReadAsync())?.Kind);

    /// <summary>The next line acknowledges that frame.</summary>
    public async Task<ReceiverLine> AckAsync(ulong sequence)
    {
        var line = await ReadAsync();
        Assert.Equal((ReceiverLineKind.Ack, Identity(sequence)), (line?.Kind, line?.Identity));
        return line!.Value;
    }

    /// <summary>The next line refuses that frame.</summary>
    public async Task NackAsync(FrameIdentity identity, string why, bool retry)
    {
        var line = await ReadAsync();
        Assert.Equal((ReceiverLineKind.Nack, identity, why, retry), (line?.Kind, line?.Identity, line?.Why, line?.Retry));
    }

    /// <summary>Sends the 0, shuts the sending side, and returns all that still comes.</summary>
    public async Task<List<ReceiverLine>> EndAsync()
    {
        await socket.SendAsync(new byte[4], TestContext.Current.CancellationToken);
        socket.Shutdown(SocketShutdown.Send);
        return await RestAsync();
    }

    /// <summary>What comes until the receiver ends the stream; a reset fails the test.</summary>
    public async Task<List<ReceiverLine>> RestAsync()
    {
        var rest = new List<ReceiverLine>();
        while (await ReadAsync() is { } line)
            rest.Add(line);
        return rest;
    }

    public void Dispose() => socket.Dispose();
}
