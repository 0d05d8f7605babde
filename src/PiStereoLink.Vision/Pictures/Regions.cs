using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>Parts of a picture.</summary>
public static class Regions
{
    /// <summary>The region itself if it lies within a picture of this size; the whole picture for default.</summary>
    /// <exception cref="InvalidDataException">It is empty or reaches beyond the picture.</exception>
    public static Rect Within(Rect region, int width, int height)
    {
        if (region == default)
            return new Rect(0, 0, width, height);
        var within = region is { X: >= 0, Y: >= 0, Width: > 0, Height: > 0 }
            && (long)region.X + region.Width <= width && (long)region.Y + region.Height <= height;
        return within
            ? region
            : throw new InvalidDataException($"The region is {region.X},{region.Y},{region.Width},{region.Height} (x, y, width, height); it must lie within the picture, which is {width}x{height}.");
    }
}
