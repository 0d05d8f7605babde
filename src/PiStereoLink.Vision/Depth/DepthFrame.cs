using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>How long each stage of a pair took.</summary>
/// <param name="Decode">Both JPEGs to grey.</param>
/// <param name="Rectify">Both pictures; zero where pictures are taken as rectified.</param>
/// <param name="Match">Disparity.</param>
public readonly record struct StageTimings(TimeSpan Decode, TimeSpan Rectify, TimeSpan Match)
{
    /// <summary>The whole pair.</summary>
    public TimeSpan Total => Decode + Rectify + Match;
}

/// <summary>
/// What became of one pair. Immutable and free of native memory: it may be kept, and read by several threads,
/// after the pipeline has gone on or is disposed.
/// </summary>
public sealed class DepthFrame
{
    private readonly byte[] leftPicture, rightPicture;

    internal DepthFrame(DisparityMap disparity, StereoCalibration? calibration, byte[] leftPicture, byte[] rightPicture, StageTimings timings)
    {
        Disparity = disparity;
        Calibration = calibration;
        (this.leftPicture, this.rightPicture) = (leftPicture, rightPicture);
        Timings = timings;
    }

    /// <summary>Disparities of the rectified left picture.</summary>
    public DisparityMap Disparity { get; }

    /// <summary>The rig's calibration; null where pictures are taken as rectified.</summary>
    public StereoCalibration? Calibration { get; }

    /// <summary>What it cost.</summary>
    public StageTimings Timings { get; }

    /// <summary>The left picture as it came, encoded.</summary>
    public ReadOnlyMemory<byte> LeftPicture => leftPicture;

    /// <summary>The right picture as it came, encoded.</summary>
    public ReadOnlyMemory<byte> RightPicture => rightPicture;

    /// <summary>Decodes and rectifies the left picture in colour; done anew by each call, since few frames are asked for it.</summary>
    public ColourPicture LeftColour()
    {
        using var picture = EncodedPicture.DecodeColour(leftPicture, "The left picture");
        if (Calibration is null)
            return ColourPicture.FromMat(picture);
        using var rectified = new Mat();
        Rectifier.RectifyLeftOnce(Calibration, picture, rectified);
        return ColourPicture.FromMat(rectified);
    }

    /// <summary>The coloured points between two depths.</summary>
    /// <exception cref="InvalidOperationException">The rig has no calibration, or one without the cameras' distance.</exception>
    public PointCloud ToPointCloud(double nearMetres = PointCloud.DefaultNearMetres, double farMetres = PointCloud.DefaultFarMetres)
    {
        var calibration = Depth.RequireCalibration(Calibration);
        return PointCloud.FromDisparity(Disparity, calibration, LeftColour(), nearMetres, farMetres);
    }
}
