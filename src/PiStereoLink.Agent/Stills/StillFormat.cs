namespace PiStereoLink.Agent;

/// <summary>The format of a still, which its file's name says unless a setting does.</summary>
internal static class StillFormat
{
    public static PictureSettings Of(PictureSettings pictures, string? file) => pictures with { Encoding = pictures.Encoding ?? ByName(file) };

    /// <summary>What cannot be with this format, a sentence each.</summary>
    public static IEnumerable<string> Problems(PictureSettings pictures)
    {
        if (RawGeometry.IsRaw(pictures.Encoding) && pictures.Width is null)
            yield return $"A file of {pictures.Encoding} does not say its size, so it has to be known: give --width and --height.";
    }

    private static string ByName(string? file) => Path.GetExtension(file)?.ToUpperInvariant() switch
    {
        ".PNG" => "png",
        ".BMP" => "bmp",
        ".GIF" => "gif",
        ".RGB" => "rgb",
        ".YUV" or ".YUV420" => "yuv420",
        _ => "jpg",
    };
}
