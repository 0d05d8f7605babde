using System.IO.Compression;
using PiStereoLink.SimulatedCamera.Optics;

namespace PiStereoLink.SimulatedCamera.Truth;

/// <summary>The rig as an uncompressed .npz that NumPy opens: imageSize, K1, D1, K2, D2, R, T in metres, and K, D for readers that know one camera.</summary>
internal static class RigFile
{
    // The zip format's first day: two eyes that write the same rig write the same bytes.
    private static readonly DateTimeOffset AnyDay = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(Stream stream, StereoRig rig)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add("imageSize", Npy.Of([rig.Width, rig.Height]));
        Add("K1", Npy.Of(rig.Left.Matrix, "(3, 3)"));
        Add("D1", Npy.Of(rig.Left.Distortion, "(5,)"));
        Add("K2", Npy.Of(rig.Right.Matrix, "(3, 3)"));
        Add("D2", Npy.Of(rig.Right.Distortion, "(5,)"));
        Add("R", Npy.Of(rig.Rotation, "(3, 3)"));
        Add("T", Npy.Of(rig.Translation, "(3,)"));
        Add("K", Npy.Of(rig.Left.Matrix, "(3, 3)"));
        Add("D", Npy.Of(rig.Left.Distortion, "(5,)"));

        void Add(string name, byte[] array)
        {
            var entry = zip.CreateEntry(name + ".npy", CompressionLevel.NoCompression);
            entry.LastWriteTime = AnyDay;
            using var content = entry.Open();
            content.Write(array);
        }
    }
}
