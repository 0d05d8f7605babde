namespace PiStereoLink.Agent;

public sealed partial class H264Splitter
{
    private int part = -1;          // where the part of this kind began, or -1
    private NalUnit kind;
    private byte[] sets = [];       // the newest parameter sets
    private bool begun, hasSets, hasPicture, isKey;
    private long lead;              // bytes before the stream

    private void Begin(int at)
    {
        lead += begun ? 0 : at - start;
        (start, hasSets, hasPicture, isKey) = (at, false, false, false);
    }

    private void Note(NalUnit found, int at)
    {
        (kind, part) = (found, at);
        hasPicture |= found.IsSlice;
        isKey |= found.IsKeySlice;
        hasSets |= found.IsSequenceSet;
    }

    /// <summary>Keeps a parameter set that is whole now; those of a picture come together, the sequence's first.</summary>
    private void EndPart(int at)
    {
        if (begun && part >= 0 && kind.IsParameterSet)
            sets = kind.IsSequenceSet ? held[part..at] : [.. sets, .. held.AsSpan(part, at - part)];
        part = -1;
    }

    /// <summary>The picture that ends here. Where an encoder writes the parameter sets only once, a key picture gets them before it.</summary>
    private AccessUnit Unit(int at)
    {
        var bytes = held.AsMemory(start, at - start);
        return new(isKey && !hasSets ? (byte[])[.. sets, .. bytes.Span] : bytes, isKey);
    }
}
