namespace PiStereoLink.Agent;

/// <summary>Cuts uncompressed video into pictures, all of which have the same length. A file can begin at any.</summary>
public sealed class RawSplitter(RawGeometry geometry) : IFilmSplitter
{
    private readonly byte[] picture = new byte[geometry.Bytes];
    private int held;

    public Span<byte> Free => picture.AsSpan(held);

    public void Advance(int count) => held += count;

    public bool TryRead(out AccessUnit unit)
    {
        var whole = held == picture.Length;
        unit = whole ? new(picture, IsKey: true) : default;
        held = whole ? 0 : held;
        return whole;
    }

    /// <summary>Never a picture. A program that ends in order leaves no part of one: if it did, where its rows end is not known.</summary>
    public AccessUnit? Last(bool inOrder) => held == 0 || !inOrder ? null : throw new RecordingException(
        $"The camera program's last {held} bytes are no whole picture of {geometry.Bytes}: it does not write {geometry.Width}x{geometry.Height} as " +
        $"{geometry.PaddedWidth}x{geometry.PaddedHeight}, so its rows end elsewhere in the file than is told. A --width that is a multiple of 128 is written alike by every program.");
}
