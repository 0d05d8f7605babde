namespace PiStereoLink.Receiver.Sources;

/// <summary>V4L2's name of a format: four characters, the first one lowest.</summary>
internal static class FourCc
{
    public static int CodeOf(string text) => text[0] | text[1] << 8 | text[2] << 16 | text[3] << 24;

    /// <summary>The highest bit says "big-endian" and belongs to no character; what cannot be printed is a question mark.</summary>
    public static string TextOf(uint code) =>
        string.Concat(Enumerable.Range(0, 4).Select(i => (char)(code >> (8 * i) & 0x7F)).Select(c => c is >= ' ' and <= '~' ? c : '?')).TrimEnd();
}
