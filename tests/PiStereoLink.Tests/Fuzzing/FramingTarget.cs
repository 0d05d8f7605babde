using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Fuzzing;

/// <summary>
/// Streams of frames: sound ones, damaged ones, cut ones. What stands before a fault is read, whatever a frame holds; the only
/// exception is the one that names the fault; and pieces of any size are read as the whole is.
/// </summary>
internal sealed class FramingTarget : FuzzTarget
{
    private const int MaxFrames = 6;

    private readonly (int Start, int End)[] sent = new (int, int)[MaxFrames];
    private int sound;      // so many frames at the beginning are as they were sent

    public override string Name => "framing";

    protected override void Try()
    {
        var max = Draw.OneIn(4) ? Draw.Between(1, 2000) : 1 << 20;
        sound = WriteFrames(max, out var refused);
        var ends = Draw.Pick<Ending>([Ending.Zero, Ending.Noise, Ending.Nothing, Ending.Damage]);
        if (ends == Ending.Zero)
            Bytes.AddU32(0);
        if (ends == Ending.Noise)
            Bytes.AddNoise(Draw, Draw.Between(1, 8));
        var count = sound;
        if (ends == Ending.Damage)
            Break();

        var whole = Read(max, largestPiece: int.MaxValue);
        var pieces = Read(max, largestPiece: Draw.Pick<int>([1, 3, 50, 700]));
        Hold(whole == pieces, $"pieces are read as the whole is: {whole} and {pieces}");
        Hold(whole.Frames >= sound, $"of {sound} frames before the fault {whole.Frames} came");
        if (ends == Ending.Damage)
            return;
        Hold(whole.Frames == count, $"{count} frames sent, {whole.Frames} read");
        if (refused)
            Hold(whole.Error == FrameError.Length, $"a frame of more than {max} bytes is refused: {whole}");
        else if (ends != Ending.Noise)
            Hold((whole.End, whole.Error) == (ends == Ending.Zero ? FrameStreamEnd.Clean : FrameStreamEnd.Disconnected, null), $"the end is told as it was: {whole}");
    }

    /// <summary>Frames whose pictures may have any fault that framing does not look at; stops before the first that is too large.</summary>
    private int WriteFrames(int max, out bool refused)
    {
        refused = false;
        var wanted = Draw.Below(MaxFrames + 1);
        for (var i = 0; i < wanted; i++)
        {
            var header = Bytes.Length;
            Bytes.AddU32(0);
            do
            {
                Bytes.Cut(header + sizeof(uint));
                Jpeg.Write(Draw.OneIn(3) ? Jpeg.AnyFault() : JpegFault.None);
            }
            while (Bytes.Span[header + sizeof(uint)] != 0xFF);      // made with the fault NoStart
            sent[i] = (header + sizeof(uint), Bytes.Length);
            var length = Bytes.Length - sent[i].Start;
            BitConverter.TryWriteBytes(Bytes.Span[header..], (uint)length);
            refused = length > max;
            if (refused)
                return i;
        }
        return wanted;
    }

    /// <summary>Damages the stream behind some frame; those before it stay sound.</summary>
    private void Break()
    {
        sound = Draw.Below(sound + 1);
        var from = sound == 0 ? 0 : sent[sound - 1].End;
        var behind = Bytes.Length - from;
        switch (Draw.Below(3))
        {
            case 0:
                Bytes.Cut(from + Draw.Below(behind + 1));
                break;
            case 1 when behind >= sizeof(uint):
                BitConverter.TryWriteBytes(Bytes.Span[from..], Draw.Odd());
                break;
            default:
                foreach (ref var one in Bytes.Span[(from + Draw.Below(behind + 1))..])
                    one = (byte)Draw.Number();
                break;
        }
    }

    private Outcome Read(int max, int largestPiece)
    {
        using var reader = new FrameReader(max);
        var (frames, check) = (0, 0u);
        try
        {
            for (var at = 0; at < Bytes.Length;)
            {
                var size = largestPiece == int.MaxValue ? Bytes.Length : Math.Min(Draw.Between(1, largestPiece), Bytes.Length - at);
                ReadOnlySpan<byte> piece = Bytes.Span.Slice(at, size);
                at += size;
                if (largestPiece < int.MaxValue && Draw.OneIn(2))
                    ReadStraight(reader, ref piece);
                while (reader.TryRead(ref piece, out var frame))
                {
                    check = Crc32C.Of(frame.Span) ^ System.Numerics.BitOperations.RotateLeft(check, 7);
                    var intact = frames >= sound || frame.Span.SequenceEqual(Bytes.Span[sent[frames].Start..sent[frames].End]);
                    frame.Dispose();
                    Hold(intact, $"frame {frames} comes as it was sent");
                    frames++;
                }
            }
            reader.Complete();
            return new Outcome(frames, check, reader.End, null, null);
        }
        catch (FrameProtocolException e)
        {
            return new Outcome(frames, check, reader.End, e.Error, e.Message);
        }
    }

    /// <summary>Puts of the piece what belongs to the picture under way into its place.</summary>
    private static void ReadStraight(FrameReader reader, ref ReadOnlySpan<byte> piece)
    {
        var room = reader.Free;
        var part = Math.Min(room.Length, piece.Length);
        piece[..part].CopyTo(room.Span);
        if (part > 0)
            reader.Advance(part);
        piece = piece[part..];
    }

    private enum Ending
    {
        Zero,
        Noise,
        Nothing,
        Damage,
    }

    /// <summary>How reading a stream went.</summary>
    private readonly record struct Outcome(int Frames, uint Check, FrameStreamEnd End, FrameError? Error, string? Message);
}
