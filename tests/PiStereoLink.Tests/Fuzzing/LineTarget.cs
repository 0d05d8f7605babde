using System.Buffers;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Fuzzing;

/// <summary>What a receiver says: read as it was written, with fields of later versions too, and the same out of any pieces.</summary>
internal sealed class LineTarget : FuzzTarget
{
    private static readonly string[] Reasons = [NackReason.TooLarge, NackReason.BadJpeg, NackReason.BadCrc, NackReason.Quota, NackReason.DiskFull, "a-later-one"];

    private readonly ArrayBufferWriter<byte> written = new(2 * ReceiverLine.MaxBytes);

    public override string Name => "lines";

    protected override void Try()
    {
        var line = MakeUp();
        written.ResetWrittenCount();
        ReceiverLineText.Write(written, line);
        Hold(written.WrittenCount <= ReceiverLine.MaxBytes, "a line is not too long");
        Bytes.Add(written.WrittenSpan[..^1]);
        if (Draw.OneIn(3))
            Bytes.Insert(1, "\"later\" : [1,{\"ack\":null}],\n"u8);
        if (Draw.OneIn(2))
        {
            Hold(Read(pieces: false) == line, $"a line is read as it was written: {line} and {Read(pieces: false)}");
            Hold(Read(pieces: true) == line, "and out of pieces");
            return;
        }
        Damage.Do(Draw, Bytes);
        Hold(Read(pieces: false) == Read(pieces: true), "a damaged line is read alike out of pieces");
    }

    private ReceiverLine MakeUp() => Draw.Below(5) switch
    {
        0 => new ReceiverLine(ReceiverLineKind.Hello) { MaxFrameBytes = (int)Draw.Odd(), Stores = Draw.OneIn(2), IdleSeconds = (int)Draw.Odd() },
        1 => new ReceiverLine(ReceiverLineKind.Ack) { Identity = Identity(), ArrivedAtMicroseconds = (long)Draw.Number(), WrittenAtMicroseconds = (long)Draw.Number() },
        2 => new ReceiverLine(ReceiverLineKind.Nack) { Identity = Identity(), Why = Draw.Pick<string>(Reasons), Retry = Draw.OneIn(2) },
        3 => new ReceiverLine(ReceiverLineKind.Seen) { Identity = Identity(), ArrivedAtMicroseconds = (long)Draw.Number(), WrittenAtMicroseconds = (long)Draw.Number() },
        _ => new ReceiverLine(ReceiverLineKind.Idle),
    };

    private FrameIdentity Identity() => new((uint)Draw.Number(), Draw.Odd(), Draw.Number());

    private ReceiverLine Read(bool pieces)
    {
        var bytes = new ReadOnlyMemory<byte>(Bytes.Span.ToArray());
        return ReceiverLineText.Read(pieces ? CutSequence.Of(bytes, Draw.Below(bytes.Length + 1)) : new ReadOnlySequence<byte>(bytes));
    }
}
