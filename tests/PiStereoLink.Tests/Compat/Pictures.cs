using OpenCvSharp;

namespace PiStereoLink.Tests.Compat;

/// <summary>Pictures that a test can reason about.</summary>
internal static class Pictures
{
    /// <summary>Random grey texture, the same at every call.</summary>
    public static Mat Texture(int rows, int columns)
    {
        var picture = new Mat(rows, columns, MatType.CV_8UC1);
        new Random(42).NextBytes(picture.AsSpan<byte>());
        return picture;
    }

    /// <summary>A pair in which the right picture shows every point <paramref name="disparity"/> pixels further left.</summary>
    public static (Mat Left, Mat Right) ShiftedPair(int rows, int columns, int disparity)
    {
        using var scene = Texture(rows, columns + disparity);
        return (scene.Clone(new Rect(0, 0, columns, rows)), scene.Clone(new Rect(disparity, 0, columns, rows)));
    }

    public static Mat Matrix(int rows, int columns, params double[] values)
    {
        var matrix = new Mat(rows, columns, MatType.CV_64FC1);
        values.CopyTo(matrix.AsSpan<double>());
        return matrix;
    }
}
