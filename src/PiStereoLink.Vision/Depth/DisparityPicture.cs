using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>One mark of the live view's scale.</summary>
/// <param name="DisparityPx">The disparity that the colour stands for.</param>
/// <param name="Colour">The colour as <c>#rrggbb</c>.</param>
/// <param name="DepthMetres">How far away that is; null without a calibration, or at infinity.</param>
public readonly record struct ColourStop(double DisparityPx, string Colour, double? DepthMetres);

/// <summary>
/// A disparity map in colours for the eye: OpenCV's Turbo, dark blue at the smallest disparity (far) to dark red at the
/// largest (near), black where there is none.
/// </summary>
public static class DisparityPicture
{
    private static readonly Lazy<Bgr[]> Turbo = new(MakeTurbo);

    /// <summary>Colours a map.</summary>
    public static ColourPicture Render(DisparityMap disparity)
    {
        ArgumentNullException.ThrowIfNull(disparity);
        var pixels = GC.AllocateUninitializedArray<Bgr>(disparity.Width * disparity.Height);
        Fill(disparity, disparity.Values, pixels);
        return new ColourPicture(disparity.Width, disparity.Height, pixels);
    }

    /// <summary>Colours a map and encodes it as JPEG.</summary>
    public static byte[] EncodeJpeg(DisparityMap disparity, int quality = 85)
    {
        ArgumentNullException.ThrowIfNull(disparity);
        using var picture = new Mat(disparity.Height, disparity.Width, MatType.CV_8UC3);
        for (var y = 0; y < disparity.Height; y++)
            Fill(disparity, disparity.Row(y), picture.RowSpan<Bgr>(y));
        return EncodedPicture.Encode(".jpg", picture, quality);
    }

    /// <summary>The scale of a picture: colours at equal steps of disparity, from the smallest to the largest.</summary>
    /// <param name="parameters">Of the matcher that made the maps.</param>
    /// <param name="calibration">For the metres; null leaves them out.</param>
    /// <param name="stops">How many, 2 or more.</param>
    public static IReadOnlyList<ColourStop> Scale(MatcherParameters parameters, StereoCalibration? calibration = null, int stops = 9)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(stops, 2);
        var scale = new ColourStop[stops];
        for (var i = 0; i < stops; i++)
        {
            var disparity = parameters.MinDisparity + (double)i * (parameters.NumDisparities - 1) / (stops - 1);
            var index = Index((int)Math.Round(disparity * DisparityMap.Scale), parameters.MinDisparity, parameters.NumDisparities);
            var (blue, green, red) = Turbo.Value[index];
            var depth = calibration?.Rectification is null ? double.PositiveInfinity : Depth.FromDisparity(calibration, disparity);
            scale[i] = new ColourStop(disparity, $"#{red:x2}{green:x2}{blue:x2}", double.IsFinite(depth) ? depth : null);
        }
        return scale;
    }

    private static void Fill(DisparityMap disparity, ReadOnlySpan<short> from, Span<Bgr> to)
    {
        var turbo = Turbo.Value;
        for (var i = 0; i < to.Length; i++)
            to[i] = disparity.IsValid(from[i]) ? turbo[Index(from[i], disparity.MinDisparity, disparity.NumDisparities)] : default;
    }

    /// <summary>0..255 for a value in 1/16 px from the smallest disparity to the last one that was tried.</summary>
    private static int Index(int value, int minDisparity, int numDisparities) =>
        Math.Clamp((value - minDisparity * DisparityMap.Scale) * 255 / ((numDisparities - 1) * DisparityMap.Scale), 0, 255);

    private static Bgr[] MakeTurbo()
    {
        using var ramp = new Mat(1, 256, MatType.CV_8UC1);
        var grey = ramp.RowSpan<byte>(0);
        for (var i = 0; i < grey.Length; i++)
            grey[i] = (byte)i;
        using var colours = new Mat();
        Cv2.ApplyColorMap(ramp, colours, ColormapTypes.Turbo);
        return colours.RowSpan<Bgr>(0).ToArray();
    }
}
