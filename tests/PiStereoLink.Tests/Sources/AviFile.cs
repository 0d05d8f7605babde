using System.Text;

namespace PiStereoLink.Tests.Sources;

/// <summary>A film of JPEGs as a camera records it: RIFF AVI with one MJPG stream and an index (Microsoft's AVI RIFF file reference).</summary>
internal static class AviFile
{
    private const int HasIndex = 0x10, IsKeyFrame = 0x10;

    public static void Write(string file, int width, int height, int fps, IReadOnlyList<byte[]> jpegs)
    {
        var movie = new MemoryStream();
        var index = new MemoryStream();
        foreach (var jpeg in jpegs)
        {
            index.Write([.. "00dc"u8, .. Words(IsKeyFrame, (int)movie.Length + 4, jpeg.Length)]);
            movie.Write(Chunk("00dc", jpeg));
        }
        byte[] main = Words(1_000_000 / fps, 0, 0, HasIndex, jpegs.Count, 0, 1, 0, width, height, 0, 0, 0, 0);
        byte[] stream = [.. "vidsMJPG"u8, .. Words(0, 0, 0, 1, fps, 0, jpegs.Count, 0, -1, 0, 0, width | height << 16)];
        byte[] format = [.. Words(40, width, height, 1 | 24 << 16), .. "MJPG"u8, .. Words(width * height * 3, 0, 0, 0, 0)];
        var header = List("hdrl", [.. Chunk("avih", main), .. List("strl", [.. Chunk("strh", stream), .. Chunk("strf", format)])]);
        byte[] body = [.. "AVI "u8, .. header, .. List("movi", movie.ToArray()), .. Chunk("idx1", index.ToArray())];
        File.WriteAllBytes(file, Chunk("RIFF", body));
    }

    private static byte[] List(string name, byte[] body) => Chunk("LIST", [.. Encoding.ASCII.GetBytes(name), .. body]);

    private static byte[] Chunk(string name, byte[] body) => [.. Encoding.ASCII.GetBytes(name), .. Words(body.Length), .. body, .. new byte[body.Length % 2]];

    private static byte[] Words(params int[] words) => [.. words.SelectMany(BitConverter.GetBytes)];
}
