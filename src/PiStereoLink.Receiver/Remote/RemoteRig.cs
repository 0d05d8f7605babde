using PiStereoLink.Receiver.Web;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Remote;

/// <summary>What has to be known of a rig elsewhere to make points of its disparities.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Width">Of its pictures, px.</param>
/// <param name="Height">Of its pictures, px.</param>
/// <param name="Geometry">The rectified cameras.</param>
public sealed record RemoteRig(string Name, int Width, int Height, Rectification Geometry)
{
    /// <exception cref="IOException">The calibration there holds maps only: there are no metres.</exception>
    public static RemoteRig Of(string name, CalibrationAnswer answer) =>
        answer is { ImageSize: [var width, var height], R1: { } r1, R2: { } r2, P1: { } p1, P2: { } p2, Q: { } q }
            ? new RemoteRig(name, width, height, new Rectification(Matrix(r1), Matrix(r2), Matrix(p1), Matrix(p2), Matrix(q)))
            : throw new IOException($"The calibration of rig {name} holds maps only, without the cameras' distance, so there are no metres. Calibrate the rig there with receiver calibrate.");

    private static double[,] Matrix(double[][] rows)
    {
        var matrix = new double[rows.Length, rows.Length == 0 ? 0 : rows[0].Length];
        for (var row = 0; row < rows.Length; row++)
            for (var column = 0; column < Math.Min(rows[row].Length, matrix.GetLength(1)); column++)
                matrix[row, column] = rows[row][column];
        return matrix;
    }
}
