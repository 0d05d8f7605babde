using OpenCvSharp;

namespace PiStereoLink.SimulatedCamera.Still;

/// <summary>The small JPEG inside the JPEG; it has a start and an end of image of its own.</summary>
internal sealed record Thumbnail(int Width, int Height, int Quality)
{
    // What an APP1 segment of 64 KiB leaves beside its text.
    private const int LargestBytes = 60_000;

    /// <summary>The size and quality of a w:h:q, or null for none; anything else is a <see cref="FormatException"/>.</summary>
    public static Thumbnail? Parse(string text)
    {
        if (text == "none")
            return null;
        var parts = text.Split(':').Select(part => int.TryParse(part, out var number) && number > 0 ? number : 0).ToArray();
        return parts is [> 0, > 0, > 0] ? new(parts[0], parts[1], Math.Min(parts[2], 100)) : throw new FormatException("bad thumbnail parameters " + text);
    }

    /// <summary>A picture made small; coarser than asked for until it fits, as the real program does.</summary>
    public byte[] Of(Mat picture)
    {
        using var small = new Mat();
        Cv2.Resize(picture, small, new Size(Width, Height), interpolation: InterpolationFlags.Area);
        for (var quality = Quality; ; quality -= 5)
        {
            Cv2.ImEncode(".jpg", small, out var bytes, new ImageEncodingParam(ImwriteFlags.JpegQuality, Math.Max(quality, 1)));
            if (bytes.Length <= LargestBytes || quality <= 1)
                return bytes;
        }
    }
}
