using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace PiStereoLink.SimulatedCamera.Truth;

/// <summary>A portable float map of one channel: little-endian, which the scale of -1.0 says, and the bottom row first.</summary>
internal static class Pfm
{
    public static void Write(Stream stream, float[] values, int width, int height)
    {
        stream.Write(Encoding.ASCII.GetBytes($"Pf\n{width} {height}\n-1.0\n"));
        var row = new byte[4 * width];
        for (var y = height - 1; y >= 0; y--)
        {
            var floats = values.AsSpan(y * width, width);
            if (BitConverter.IsLittleEndian)
                MemoryMarshal.AsBytes(floats).CopyTo(row);
            else
                for (var x = 0; x < width; x++)
                    BinaryPrimitives.WriteSingleLittleEndian(row.AsSpan(4 * x), floats[x]);
            stream.Write(row);
        }
    }
}
