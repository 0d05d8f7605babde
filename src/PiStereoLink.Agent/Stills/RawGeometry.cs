namespace PiStereoLink.Agent;

/// <summary>
/// How the bytes of a picture without a header lie in its file: rows of red, green and blue for rgb; for yuv420 a plane of Y, then U and V
/// at half the width and height.
/// </summary>
/// <param name="Encoding"><c>rgb</c> or <c>yuv420</c>.</param>
/// <param name="Width">Of the picture.</param>
/// <param name="Height">Of the picture.</param>
/// <param name="PaddedWidth">Of a row in the file: behind the picture stands what nobody should look at.</param>
/// <param name="PaddedHeight">Of the file: so it does below.</param>
public sealed record RawGeometry(string Encoding, int Width, int Height, int PaddedWidth, int PaddedHeight)
{
    // The legacy stack's buffers; raspiyuv and raspividyuv write them whole (VCOS_ALIGN_UP in RaspiStillYUV.c and RaspiVidYUV.c). rpicam-still writes row by row.
    private const int RaspiColumns = 32;
    internal const int RaspiRows = 16;

    public long Bytes => (long)PaddedWidth * PaddedHeight * (Encoding == "rgb" ? 6 : 3) / 2;

    /// <summary>True when a file of this format says nothing of its own size.</summary>
    public static bool IsRaw(string? encoding) => encoding is "rgb" or "yuv420";

    /// <summary>As a program of this dialect writes it; null when the format has a header.</summary>
    public static RawGeometry? Of(PictureSettings pictures, CameraDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (!IsRaw(pictures.Encoding) || pictures is not { Width: { } width, Height: { } height })
            return null;
        return dialect == CameraDialect.Raspi
            ? new(pictures.Encoding!, width, height, Up(width, RaspiColumns), Up(height, RaspiRows))
            : new(pictures.Encoding!, width, height, width, height);
    }

    internal static int Up(int pixels, int to) => (pixels + to - 1) / to * to;
}
