using System.Buffers.Binary;
using System.Text;

namespace PiStereoLink.SimulatedCamera.Truth;

/// <summary>One array as NumPy's .npy format, version 1.0, little-endian.</summary>
internal static class Npy
{
    public static byte[] Of(int[] values) =>
        [.. Header("<i4", $"({values.Length},)"), .. values.SelectMany(value => Bytes(4, span => BinaryPrimitives.WriteInt32LittleEndian(span, value)))];

    /// <param name="values">The numbers, row by row.</param>
    /// <param name="shape">As Python writes a tuple.</param>
    public static byte[] Of(double[] values, string shape) =>
        [.. Header("<f8", shape), .. values.SelectMany(value => Bytes(8, span => BinaryPrimitives.WriteDoubleLittleEndian(span, value)))];

    private static byte[] Header(string type, string shape)
    {
        const int prefix = 10;  // the magic word, the version, the length
        var text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
        // Spaces up to a multiple of 64 with the newline, so that the data is aligned.
        text = text.PadRight((prefix + text.Length + 1 + 63) / 64 * 64 - prefix - 1) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. Encoding.ASCII.GetBytes(text)];
    }

    private static byte[] Bytes(int count, Action<Span<byte>> write)
    {
        var bytes = new byte[count];
        write(bytes);
        return bytes;
    }
}
