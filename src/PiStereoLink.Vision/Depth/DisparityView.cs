using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// A disparity map for the eye as the blog shows it: grey in proportion to the disparity, white at 2048 sixteenths of a
/// pixel, black where there is none; or coloured by one of OpenCV's scales. Unlike the live view's <see cref="DisparityPicture"/>,
/// one disparity looks the same whatever the matcher was told.
/// </summary>
/// <param name="WhitePx">The disparity that is white, px.</param>
/// <param name="Colours">A scale of colours; null for grey.</param>
public sealed record DisparityView(double WhitePx = DisparityView.BlogWhitePx, ColormapTypes? Colours = null)
{
    /// <summary>The blog divides OpenCV's 16-bit disparities by 2048: 128 px.</summary>
    public const double BlogWhitePx = 128;

    /// <summary>The scales by name, as <c>turbo</c> and <c>twilight-shifted</c>.</summary>
    public static IReadOnlyDictionary<string, ColormapTypes> Names { get; } =
        Enum.GetValues<ColormapTypes>().ToDictionary(map => KebabCase.Of($"{map}"));

    /// <summary>Encodes the picture.</summary>
    /// <param name="disparity">The map.</param>
    /// <param name="extension"><c>.png</c> or <c>.jpg</c>.</param>
    public byte[] Encode(DisparityMap disparity, string extension)
    {
        ArgumentNullException.ThrowIfNull(disparity);
        using var grey = Grey(disparity);
        if (Colours is not { } colours)
            return EncodedPicture.Encode(extension, grey);
        using var coloured = new Mat();
        Cv2.ApplyColorMap(grey, coloured, colours);
        for (var y = 0; y < disparity.Height; y++)   // the scale's lowest colour is seldom black
        {
            var from = disparity.Row(y);
            var to = coloured.RowSpan<Bgr>(y);
            for (var x = 0; x < to.Length; x++)
                to[x] = disparity.IsValid(from[x]) ? to[x] : default;
        }
        return EncodedPicture.Encode(extension, coloured);
    }

    private Mat Grey(DisparityMap disparity)
    {
        var factor = (float)(255 / (WhitePx * DisparityMap.Scale));
        var grey = new Mat(disparity.Height, disparity.Width, MatType.CV_8UC1);
        for (var y = 0; y < disparity.Height; y++)
        {
            var from = disparity.Row(y);
            var to = grey.RowSpan<byte>(y);
            for (var x = 0; x < to.Length; x++)
                to[x] = disparity.IsValid(from[x]) ? (byte)Math.Clamp(MathF.Round(from[x] * factor), 0, 255) : (byte)0;
        }
        return grey;
    }
}
