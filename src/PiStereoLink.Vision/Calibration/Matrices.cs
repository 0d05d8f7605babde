using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>double[,] to Mat and back, and the check of a matrix that came from a file.</summary>
internal static class Matrices
{
    /// <returns>A new CV_64FC1 Mat; the caller disposes it.</returns>
    public static Mat ToMat(double[,] matrix)
    {
        var mat = new Mat(matrix.GetLength(0), matrix.GetLength(1), MatType.CV_64FC1);
        for (var i = 0; i < matrix.GetLength(0); i++)
        {
            var row = mat.RowSpan<double>(i);
            for (var j = 0; j < row.Length; j++)
                row[j] = matrix[i, j];
        }
        return mat;
    }

    /// <returns>A new CV_64FC1 column; the caller disposes it.</returns>
    public static Mat ToColumn(double[] vector)
    {
        var mat = new Mat(vector.Length, 1, MatType.CV_64FC1);
        for (var i = 0; i < vector.Length; i++)
            mat.RowSpan<double>(i)[0] = vector[i];
        return mat;
    }

    public static double[,] FromMat(Mat mat)
    {
        var matrix = new double[mat.Rows, mat.Cols];
        for (var i = 0; i < matrix.GetLength(0); i++)
        {
            var row = mat.RowSpan<double>(i);
            for (var j = 0; j < row.Length; j++)
                matrix[i, j] = row[j];
        }
        return matrix;
    }

    public static float[] FromMap(Mat map)
    {
        var (width, height) = (map.Cols, map.Rows);
        var values = new float[width * height];
        for (var y = 0; y < height; y++)
            map.RowSpan<float>(y).CopyTo(values.AsSpan(y * width, width));
        return values;
    }

    /// <returns>A new CV_32FC1 Mat; the caller disposes it.</returns>
    public static Mat ToMap(ReadOnlySpan<float> values, int width, int height)
    {
        var map = new Mat(height, width, MatType.CV_32FC1);
        for (var y = 0; y < height; y++)
            values.Slice(y * width, width).CopyTo(map.RowSpan<float>(y));
        return map;
    }

    public static void Check(double[,] matrix, int rows, int columns, string name)
    {
        if (matrix.GetLength(0) != rows || matrix.GetLength(1) != columns)
            throw new InvalidDataException($"{name} is {matrix.GetLength(0)}x{matrix.GetLength(1)}; {rows}x{columns} was expected.");
        foreach (var value in matrix)
            if (!double.IsFinite(value))
                throw new InvalidDataException($"{name} holds {value}; every value must be finite.");
    }
}
