using System.Buffers;
using PiStereoLink.Protocol;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Spool;

/// <summary>A frame as it came: its trailer, and the picture before it.</summary>
internal sealed record AskingFrame(AckTrailer Trailer, byte[] Picture)
{
    public FrameIdentity Identity { get; } = Stamped.Of(Picture).Identity;
}

/// <summary>The other end of one connection, which answers what a test tells it to.</summary>
internal sealed class AckStream(RecipeStream stream) : IDisposable
{
    public static readonly ReceiverLine Hello = new(ReceiverLineKind.Hello) { MaxFrameBytes = 32 << 20, Stores = true, IdleSeconds = 10 };

    /// <summary>Takes the next connection, and answers its first frame with a hello.</summary>
    public static async Task<(AckStream Stream, AskingFrame First)> AcceptAsync(RecipeReceiver receiver, ReceiverLine? hello = null)
    {
        var stream = new AckStream(await receiver.AcceptAsync());
        var first = await stream.ReadAsync();
        Assert.NotNull(first);
        Assert.True(first.Trailer.Flags.HasFlag(AckOptions.Offer));
        await stream.SayAsync(hello ?? Hello);
        return (stream, first);
    }

    /// <summary>The next frame, which must be whole; null after the length 0.</summary>
    public async Task<AskingFrame?> ReadAsync()
    {
        if (await stream.ReadAsync() is not { } bytes)
            return null;
        Assert.True(AckTrailer.TryRead(bytes, out var trailer), "a frame without a trailer");
        var picture = bytes[..^AckTrailer.Length];
        Assert.Equal(Crc32C.Of(picture), trailer.Crc);
        var frame = new AskingFrame(trailer, picture);
        Assert.Equal((trailer.Run, trailer.Sequence), (frame.Identity.Run, frame.Identity.Sequence));
        return frame;
    }

    public async Task<List<AskingFrame>> ReadAsync(int count)
    {
        var frames = new List<AskingFrame>();
        while (frames.Count < count)
            frames.Add(await ReadAsync() ?? throw new EndOfStreamException($"The stream ended after {frames.Count} of {count} frames."));
        return frames;
    }

    /// <summary>Answers every frame with an acknowledgement until the length 0, beginning with those read already.</summary>
    public async Task<List<AskingFrame>> AckAllAsync(params AskingFrame[] before)
    {
        var all = new List<AskingFrame>(before);
        foreach (var frame in before)
            await AckAsync(frame);
        while (await ReadAsync() is { } frame)
        {
            all.Add(frame);
            await AckAsync(frame);
        }
        return all;
    }

    public Task AckAsync(AskingFrame frame) => SayAsync(new ReceiverLine(ReceiverLineKind.Ack) { Identity = frame.Identity });

    public Task NackAsync(AskingFrame frame, string why, bool retry) =>
        SayAsync(new ReceiverLine(ReceiverLineKind.Nack) { Identity = frame.Identity, Why = why, Retry = retry });

    /// <summary>Says lines, all in one piece.</summary>
    public async Task SayAsync(params ReceiverLine[] lines)
    {
        var text = new ArrayBufferWriter<byte>();
        foreach (var line in lines)
            ReceiverLineText.Write(text, line);
        await stream.Wire.WriteAsync(text.WrittenMemory, TestContext.Current.CancellationToken);
    }

    public void Dispose() => stream.Dispose();
}
