using System.Diagnostics;
using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// From a pair of JPEGs to disparity: decode to grey, rectify, match. One per rig, used by one thread at a time;
/// it keeps its maps, its matcher and its rectified pictures from pair to pair.
/// </summary>
public sealed class DepthPipeline : IDisposable
{
    private readonly Rectifier? rectifier;
    private readonly IDisparityMatcher matcher;
    private readonly Mat left = new();
    private readonly Mat right = new();

    /// <summary>Sets up a rig.</summary>
    /// <param name="calibration">Null: the pictures are taken as rectified.</param>
    /// <param name="parameters">Which matcher, and what it is told. Null: the block matcher's defaults.</param>
    /// <exception cref="ArgumentException">A parameter cannot be, or does not fit the calibration's picture size.</exception>
    public DepthPipeline(StereoCalibration? calibration = null, MatcherParameters? parameters = null)
    {
        Calibration = calibration;
        Parameters = parameters ?? new StereoBmParameters();
        if (calibration is not null)
            Parameters.ValidateFor(calibration.ImageWidth, calibration.ImageHeight);
        matcher = Parameters.CreateMatcher(calibration?.LeftRoi ?? default, calibration?.RightRoi ?? default);
        rectifier = calibration is null ? null : new Rectifier(calibration);
    }

    /// <summary>The rig's calibration; null where pictures are taken as rectified.</summary>
    public StereoCalibration? Calibration { get; }

    /// <summary>The matcher's parameters.</summary>
    public MatcherParameters Parameters { get; }

    /// <summary>Works a pair through. The bytes are not kept, the left ones are copied.</summary>
    /// <param name="leftPicture">JPEG as taken (PNG and PNM are taken too).</param>
    /// <param name="rightPicture">The right camera's, of the same size.</param>
    /// <exception cref="InvalidDataException">A picture cannot be decoded, the two differ in size, or the calibration is for another size.</exception>
    /// <exception cref="ArgumentException">The parameters ask for more than the pictures hold.</exception>
    public DepthFrame Process(ReadOnlySpan<byte> leftPicture, ReadOnlySpan<byte> rightPicture)
    {
        CheckSizes(leftPicture, rightPicture);

        var start = Stopwatch.GetTimestamp();
        using var left = EncodedPicture.DecodeGrey(leftPicture, LeftName);
        using var right = EncodedPicture.DecodeGrey(rightPicture, RightName);
        var decoded = Stopwatch.GetTimestamp();
        rectifier?.Rectify(left, right, this.left, this.right);
        var rectified = Stopwatch.GetTimestamp();
        var disparity = rectifier is null ? matcher.Compute(left, right) : matcher.Compute(this.left, this.right);
        var matched = Stopwatch.GetTimestamp();

        var timings = new StageTimings(
            Stopwatch.GetElapsedTime(start, decoded), Stopwatch.GetElapsedTime(decoded, rectified), Stopwatch.GetElapsedTime(rectified, matched));
        return new DepthFrame(disparity, Calibration, leftPicture.ToArray(), timings);
    }

    /// <summary>Frees maps, matcher and pictures. Frames already made stay good.</summary>
    public void Dispose()
    {
        left.Dispose();
        right.Dispose();
        matcher.Dispose();
        rectifier?.Dispose();
    }

    private const string LeftName = "The left picture";
    private const string RightName = "The right picture";

    // Before decoding: a header is free to read, a wrong picture is not free to decode.
    private void CheckSizes(ReadOnlySpan<byte> leftPicture, ReadOnlySpan<byte> rightPicture)
    {
        var left = EncodedPicture.ReadSize(leftPicture, LeftName);
        var right = EncodedPicture.ReadSize(rightPicture, RightName);
        if (left != right)
            throw new InvalidDataException($"The left picture is {left.Width}x{left.Height}, the right one {right.Width}x{right.Height}; a pair has one size.");
        Calibration?.RequireSize(left.Width, left.Height, "The pair");
        Parameters.ValidateFor(left.Width, left.Height);
    }
}
