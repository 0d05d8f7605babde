using System.Runtime.InteropServices;

namespace PiStereoLink.Vision;

/// <summary>A coloured point: x right, y down, z forward, metres, from the rectified left camera. 15 bytes, as a PLY vertex.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct ColouredPoint(float X, float Y, float Z, byte Red, byte Green, byte Blue);

/// <summary>The points that a disparity map sees, row by row.</summary>
public sealed partial class PointCloud
{
    /// <summary>The blog's nearest point, 0.2 m.</summary>
    public const double DefaultNearMetres = 0.2;

    /// <summary>The blog's farthest point, 7.5 m.</summary>
    public const double DefaultFarMetres = 7.5;

    private static readonly Bgr White = new(255, 255, 255);

    private readonly ColouredPoint[] points;

    private PointCloud(ColouredPoint[] points) => this.points = points;

    /// <summary>The points.</summary>
    public ReadOnlySpan<ColouredPoint> Points => points;

    /// <summary>
    /// Z = f * B / d, X = (u - cx) * Z / f, Y = (v - cy) * Z / f for each pixel (u, v) with a disparity d, as
    /// cv::reprojectImageTo3D has it with the Q of cv::stereoRectify.
    /// </summary>
    /// <param name="disparity">Of the rectified left picture.</param>
    /// <param name="calibration">The rig.</param>
    /// <param name="colour">The rectified left picture.</param>
    /// <param name="nearMetres">Points nearer than this, along z, are left out.</param>
    /// <param name="farMetres">Points farther than this are left out.</param>
    /// <exception cref="InvalidOperationException">The calibration holds maps only: there are no metres.</exception>
    /// <exception cref="InvalidDataException">Map, picture and calibration are not of one size.</exception>
    /// <exception cref="ArgumentException">The range is empty or reaches behind the camera.</exception>
    public static PointCloud FromDisparity(
        DisparityMap disparity, StereoCalibration calibration, ColourPicture colour,
        double nearMetres = DefaultNearMetres, double farMetres = DefaultFarMetres)
    {
        ArgumentNullException.ThrowIfNull(disparity);
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(colour);
        calibration.RequireSize(disparity.Width, disparity.Height, "The disparity map");
        return FromDisparity(disparity, calibration.RequireRectification(), colour, nearMetres, farMetres);
    }

    /// <summary>The same where only the rectified cameras are known; without a picture the points are white.</summary>
    /// <exception cref="InvalidDataException">Map and picture are not of one size.</exception>
    /// <exception cref="ArgumentException">The range is empty or reaches behind the camera.</exception>
    public static PointCloud FromDisparity(
        DisparityMap disparity, Rectification rig, ColourPicture? colour, double nearMetres = DefaultNearMetres, double farMetres = DefaultFarMetres)
    {
        ArgumentNullException.ThrowIfNull(disparity);
        ArgumentNullException.ThrowIfNull(rig);
        CheckRange(nearMetres, farMetres);
        if (colour is not null && (colour.Width, colour.Height) != (disparity.Width, disparity.Height))
            throw new InvalidDataException($"The colour picture is {colour.Width}x{colour.Height}, the disparity map {disparity.Width}x{disparity.Height}; they have one size.");

        var range = ValueRange(rig, disparity, nearMetres, farMetres);
        var points = new ColouredPoint[Count(disparity.Values, range)];
        var depths = DepthTable(rig, range);
        var next = 0;
        for (var y = 0; y < disparity.Height; y++)
        {
            var values = disparity.Row(y);
            var colours = colour is null ? default : colour.Row(y);
            var yOverZ = (float)((y - rig.CentreY) / rig.FocalLengthPx);
            for (var x = 0; x < values.Length; x++)
            {
                var value = values[x];
                if (value < range.First || value > range.Last)
                    continue;
                var z = depths[value - range.First];
                var bgr = colours.IsEmpty ? White : colours[x];
                points[next++] = new ColouredPoint(
                    (float)((x - rig.CentreX) / rig.FocalLengthPx) * z, yOverZ * z, z, bgr.Red, bgr.Green, bgr.Blue);
            }
        }
        return new PointCloud(points);
    }

    /// <summary>
    /// The range of metres as a range of 1/16 px, both ends included: depth falls as disparity grows, so the test of a
    /// pixel is two comparisons of integers. Ends are found on the depths themselves, so no rounding moves a point across.
    /// </summary>
    private static (int First, int Last) ValueRange(Rectification rig, DisparityMap disparity, double nearMetres, double farMetres)
    {
        var first = disparity.MinDisparity * DisparityMap.Scale;
        var last = Math.Min((disparity.MinDisparity + disparity.NumDisparities) * DisparityMap.Scale, short.MaxValue);
        while (first <= last && DepthOf(rig, first) > farMetres)
            first++;
        while (last >= first && DepthOf(rig, last) < nearMetres)
            last--;
        return (first, last);
    }

    private static float[] DepthTable(Rectification rig, (int First, int Last) range)
    {
        var depths = new float[range.Last - range.First + 1];
        for (var i = 0; i < depths.Length; i++)
            depths[i] = (float)DepthOf(rig, range.First + i);
        return depths;
    }

    private static double DepthOf(Rectification rig, int value) =>
        Depth.FromDisparity(rig.FocalLengthPx, rig.BaselineMetres, value / (double)DisparityMap.Scale - rig.InfinityDisparityPx);

    private static int Count(ReadOnlySpan<short> values, (int First, int Last) range)
    {
        var count = 0;
        foreach (var value in values)
            count += value >= range.First && value <= range.Last ? 1 : 0;
        return count;
    }

    private static void CheckRange(double nearMetres, double farMetres)
    {
        if (!double.IsFinite(nearMetres) || !double.IsFinite(farMetres) || nearMetres < 0 || farMetres <= nearMetres)
            throw new ArgumentException($"The range of depth is {nearMetres} to {farMetres} m; two numbers from 0 on, the nearer first, are allowed.");
    }
}
