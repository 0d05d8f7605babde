namespace PiStereoLink.Tests;

/// <summary>Streams of the recipe, as bytes.</summary>
internal static class Pieces
{
    public static byte[] Framed(params byte[][] jpegs)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        foreach (var jpeg in jpegs)
        {
            writer.Write((uint)jpeg.Length);
            writer.Write(jpeg);
        }
        return stream.ToArray();
    }
}
