using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// A disparity map as a grey 16-bit PNG: pixels times 256, 0 = none (the convention of the KITTI stereo sets).
/// It holds disparities above 0 and below 256 px, in steps of 1/256; what lies at or below 0 is written as none.
/// </summary>
public static class DisparityPng
{
    /// <summary>The steps per pixel of disparity.</summary>
    public const int Scale = 256;

    /// <summary>Whether what a matcher finds with these parameters fits.</summary>
    public static bool Holds(MatcherParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters.MinDisparity + parameters.NumDisparities <= Scale;
    }

    /// <summary>Encodes a map.</summary>
    /// <exception cref="ArgumentException">The map may hold disparities of 256 px and more.</exception>
    public static byte[] Encode(DisparityMap disparity)
    {
        ArgumentNullException.ThrowIfNull(disparity);
        if (disparity.MinDisparity + disparity.NumDisparities > Scale)
            throw new ArgumentException(
                $"A 16-bit disparity PNG holds less than 256 px; this map goes up to {disparity.MinDisparity + disparity.NumDisparities} px. Write a .pfm.",
                nameof(disparity));

        using var picture = new Mat(disparity.Height, disparity.Width, MatType.CV_16UC1);
        for (var y = 0; y < disparity.Height; y++)
        {
            var to = picture.RowSpan<ushort>(y);
            var from = disparity.Row(y);
            for (var x = 0; x < to.Length; x++)
                to[x] = disparity.IsValid(from[x]) && from[x] > 0 ? (ushort)(from[x] * (Scale / DisparityMap.Scale)) : (ushort)0;
        }
        return EncodedPicture.Encode(".png", picture);
    }

    /// <summary>Reads what <see cref="Encode"/> wrote back into a map; disparities at or below 0, which it does not hold, are none.</summary>
    /// <param name="png">The bytes of the file.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="minDisparity">The smallest disparity that was looked for, px.</param>
    /// <param name="numDisparities">How many were tried, px.</param>
    /// <exception cref="InvalidDataException">Not a grey 16-bit PNG, or it holds what such a map cannot.</exception>
    public static DisparityMap ReadMap(ReadOnlySpan<byte> png, string name, int minDisparity, int numDisparities)
    {
        if (numDisparities < 1 || Math.Abs((long)minDisparity) + numDisparities > Scale)
            throw new InvalidDataException($"{name} is said to hold {numDisparities} disparities from {minDisparity} on; a 16-bit PNG holds those below {Scale}.");
        var px = Read(png, name);
        var none = (short)((minDisparity - 1) * DisparityMap.Scale);
        var values = new short[px.Width * px.Height];
        for (var i = 0; i < values.Length; i++)
            values[i] = FloatPicture.HasValue(px.Values[i]) ? (short)MathF.Round(px.Values[i] * DisparityMap.Scale) : none;
        return new DisparityMap(px.Width, px.Height, values, minDisparity, numDisparities);
    }

    /// <summary>Reads disparities in pixels; infinite = none.</summary>
    /// <param name="png">The bytes of the file.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="InvalidDataException">Not a grey 16-bit PNG.</exception>
    public static FloatPicture Read(ReadOnlySpan<byte> png, string name)
    {
        using var picture = EncodedPicture.Decode(png, ImreadModes.AnyDepth, name);
        if (picture.Type() != MatType.CV_16UC1)
            throw new InvalidDataException($"{name} is not a 16-bit picture; a disparity PNG holds 16-bit values of px * {Scale}.");
        return FloatPicture.FromScaled(picture, Scale);
    }
}
