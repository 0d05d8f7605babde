namespace PiStereoLink.Agent;

/// <summary>
/// Cuts an H.264 stream (ITU-T H.264, annex B) into pictures. A picture is whole when the next one begins, so each comes one late. What
/// stands before the first parameter sets cannot be decoded and is left out. Fill <see cref="Free"/>, <see cref="Advance"/>, take what
/// <see cref="TryRead"/> gives.
/// </summary>
public sealed partial class H264Splitter : IFilmSplitter
{
    /// <summary>1080p at the best quality has 2 MB in a picture; more than this is no picture of a Pi's camera.</summary>
    public const int MaxUnitBytes = 16 * 1024 * 1024;

    /// <summary>Within so much a stream must have begun: the camera programs begin with the parameter sets.</summary>
    public const int MaxLeadBytes = 1024 * 1024;

    // A start code, the header behind it, and the byte that tells whether a slice is a picture's first.
    private const int LookAheadBytes = 5;

    /// <summary>Free room under which a read would not be worth its call.</summary>
    private const int LeastRoom = 16 * 1024;

    private byte[] held = new byte[512 * 1024];
    private int end;                // of what is held
    private int start;              // of the picture being read
    private int next;               // where to look for its next part

    /// <summary>Where the next bytes of the stream go. Never empty; a picture taken before is no longer valid after this.</summary>
    public Span<byte> Free
    {
        get
        {
            if (held.Length - end < LeastRoom)
                MakeRoom();
            return held.AsSpan(end);
        }
    }

    /// <summary>So many bytes have been read into <see cref="Free"/>.</summary>
    public void Advance(int count) => end += count;

    /// <summary>What stands at the end of the stream: a picture that no other one follows. It is whole if the stream ended in order.</summary>
    public AccessUnit? Last()
    {
        EndPart(end);
        return begun && hasPicture ? Unit(end) : null;
    }

    AccessUnit? IFilmSplitter.Last(bool inOrder) => inOrder ? Last() : null;

    /// <summary>The next picture that is surely whole, valid until the next bytes come; false when more of the stream is needed.</summary>
    /// <exception cref="CameraException">This is no H.264.</exception>
    public bool TryRead(out AccessUnit unit)
    {
        unit = default;
        while (true)
        {
            var code = held.AsSpan(next, end - next).IndexOf((ReadOnlySpan<byte>)[0, 0, 1]);
            if (code < 0 || next + code + LookAheadBytes > end)
            {
                next = code < 0 ? Math.Max(next, end - 2) : next + code;
                CheckSizes();
                return false;
            }
            code += next;
            next = code + 3;
            var found = new NalUnit(held[code + 3]);
            // A zero before the start code belongs to it, not to the part that it ends.
            var at = code > start && held[code - 1] == 0 ? code - 1 : code;
            if (begun && !found.IsPossible)
                throw Damaged("a part of a kind that does not exist");
            EndPart(at);
            var begins = !begun && found.BeginsStream(held[code + 4]);
            var whole = begun && hasPicture && found.BeginsPicture(held[code + 4]);
            if (whole)
                unit = Unit(at);
            if (hasPicture && found.BeginsPicture(held[code + 4]) || begins)
                Begin(at);
            begun |= begins;
            Note(found, at);
            if (whole)
                return true;
        }
    }

    /// <summary>Gives up what has been read; what is left of the stream moves to the front, of a larger array if it fills this one.</summary>
    private void MakeRoom()
    {
        var from = held;
        if (end - start > held.Length / 2)
            held = new byte[2 * held.Length];
        from.AsSpan(start, end - start).CopyTo(held);
        (end, next, part) = (end - start, next - start, part < 0 ? -1 : part - start);
        start = 0;
    }

    private void CheckSizes()
    {
        if (!begun && lead + end - start > MaxLeadBytes)
            throw new CameraException($"What the camera program delivers is no H.264: in the first {MaxLeadBytes >> 20} MB no stream begins. Is its codec set elsewhere, in a config.txt of its own?") { Trouble = CameraTrouble.Damaged };
        if (end - start > MaxUnitBytes)
            throw Damaged($"a picture of more than {MaxUnitBytes >> 20} MB");
    }

    private static CameraException Damaged(string how) =>
        new($"The camera program's H.264 is damaged: {how}. If that happens again, bring the program up to date, and check the power supply.") { Trouble = CameraTrouble.Damaged };
}
