namespace PiStereoLink.Tests.Recording;

/// <summary>H.264 by its headers alone, for what looks no deeper; each part says its own number.</summary>
internal static class MadeUpH264
{
    public static readonly byte[] SequenceSet = [0, 0, 0, 1, 0x67, 66, 0xC0, 12], PictureSet = [0, 0, 0, 1, 0x68, 0xCE, 0x0F];

    /// <summary>What encoders say of themselves.</summary>
    public static readonly byte[] Information = [0, 0, 1, 0x06, 5, 4, 1, 2, 3, 4, 0x80];

    /// <summary>A picture that needs no other, in two slices.</summary>
    public static byte[] Key(byte number) => [0, 0, 0, 1, 0x65, 0x88, number, 0xFF, 0, 0, 3, 1, 0, 0, 1, 0x65, 0x42, number, 7];

    public static byte[] Other(byte number) => [0, 0, 0, 1, 0x41, 0x9A, number, 0, 0, 3, 0, 9];
}
