using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace PiStereoLink.Tests.SimulatedCamera;

/// <summary>Reads what the simulated camera writes as its truth, without the code that wrote it.</summary>
internal static class TruthFiles
{
    /// <summary>An array of doubles out of an .npz.</summary>
    public static double[] Doubles(string npz, string name) => Array<double>(npz, name, "<f8");

    /// <summary>An array of whole numbers out of an .npz.</summary>
    public static int[] Integers(string npz, string name) => Array<int>(npz, name, "<i4");

    /// <summary>A float map, row by row from the top.</summary>
    public static (int Width, int Height, float[] Values) Pfm(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var header = Encoding.ASCII.GetString(bytes, 0, 64).Split('\n');
        Assert.Equal(("Pf", "-1.0"), (header[0], header[2]));
        var size = header[1].Split(' ').Select(int.Parse).ToArray();
        var floats = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(header[0].Length + header[1].Length + header[2].Length + 3));
        Assert.Equal(size[0] * size[1], floats.Length);

        var values = new float[floats.Length];
        for (var row = 0; row < size[1]; row++)
            floats.Slice((size[1] - 1 - row) * size[0], size[0]).CopyTo(values.AsSpan(row * size[0]));
        return (size[0], size[1], values);
    }

    private static T[] Array<T>(string npz, string name, string type) where T : struct
    {
        using var zip = ZipFile.OpenRead(npz);
        using var content = new MemoryStream();
        zip.GetEntry(name + ".npy")!.Open().CopyTo(content);
        var bytes = content.ToArray();
        var headerLength = 10 + BitConverter.ToUInt16(bytes, 8);
        Assert.Contains($"'descr': '{type}'", Encoding.ASCII.GetString(bytes, 10, headerLength - 10), StringComparison.Ordinal);
        return MemoryMarshal.Cast<byte, T>(bytes.AsSpan(headerLength)).ToArray();
    }
}
