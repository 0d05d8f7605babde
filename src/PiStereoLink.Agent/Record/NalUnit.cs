namespace PiStereoLink.Agent;

/// <summary>The kinds of parts of an H.264 stream that matter for cutting it (ITU-T H.264, table 7-1), as its header byte has them.</summary>
internal readonly record struct NalUnit(byte Header)
{
    private const int Slice = 1, KeySlice = 5, SupplementalInformation = 6, SequenceSet = 7, PictureSet = 8, Delimiter = 9, FirstReserved = 14, LastReserved = 18, LastKnown = 21;

    private const byte Baseline = 66, Main = 77, Extended = 88, High = 100, High10 = 110, High422 = 122, High444 = 244;

    private int Type => Header & 0x1F;

    /// <summary>Part of a picture that needs no other.</summary>
    public bool IsKeySlice => Type == KeySlice;

    public bool IsSlice => Type is Slice or KeySlice;

    public bool IsSequenceSet => Type == SequenceSet;

    public bool IsParameterSet => Type is SequenceSet or PictureSet;

    /// <summary>Whether a stream can begin with it: the sequence's set, and the byte after its header is a profile that there is.</summary>
    public bool BeginsStream(byte second) => IsPossible && IsSequenceSet && Header >= 0x20 && second is (Baseline or Main or Extended or High or High10 or High422 or High444);

    /// <summary>The first bit is always zero, and some kinds do not exist.</summary>
    public bool IsPossible => Header < 0x80 && Type is > 0 and <= LastKnown;

    /// <summary>Whether another picture begins with it when one has come before it (7.4.1.2.3); a slice does when it has the first block.</summary>
    /// <param name="second">The byte after the header: a slice begins with the number of its first block, of which zero is the single bit 1.</param>
    public bool BeginsPicture(byte second) => IsSlice ? second >= 0x80 : Type is SupplementalInformation or SequenceSet or PictureSet or Delimiter or (>= FirstReserved and <= LastReserved);
}
