using System.Runtime.InteropServices;
using OpenCvSharp;

namespace PiStereoLink.Tests.SimulatedCamera;

/// <summary>A decoded picture, looked up between its pixels.</summary>
internal sealed class GreyPicture : IDisposable
{
    private readonly Mat mat;
    private readonly byte[] pixels;

    public GreyPicture(byte[] jpeg)
    {
        mat = Cv2.ImDecode(jpeg, ImreadModes.Grayscale);
        pixels = new byte[mat.Rows * mat.Cols];
        Marshal.Copy(mat.Data, pixels, 0, pixels.Length);
    }

    /// <summary>The mean difference in counts between the neighbourhoods of two places, each picture against its own mean there.</summary>
    public static double Difference(GreyPicture a, double ua, double va, GreyPicture b, double ub, double vb)
    {
        const int reach = 3;
        var differences = new List<double>();
        for (var y = -reach; y <= reach; y++)
            for (var x = -reach; x <= reach; x++)
                differences.Add(a.At(ua + x, va + y) - b.At(ub + x, vb + y));
        var offset = differences.Average();
        return differences.Average(difference => Math.Abs(difference - offset));
    }

    public void Dispose() => mat.Dispose();

    private double At(double u, double v)
    {
        var (column, row) = ((int)u, (int)v);
        var (fx, fy) = (u - column, v - row);
        var at = row * mat.Cols + column;
        return (1 - fy) * ((1 - fx) * pixels[at] + fx * pixels[at + 1]) + fy * ((1 - fx) * pixels[at + mat.Cols] + fx * pixels[at + mat.Cols + 1]);
    }
}
