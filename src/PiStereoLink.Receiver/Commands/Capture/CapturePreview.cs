using OpenCvSharp;
using PiStereoLink.Protocol;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands.Capture;

/// <summary>
/// What the cameras see, with the corners found and the coverage below, as preview.jpg in the folder: any viewer that follows a
/// file shows it, on a machine without a display too. Once a second at most; in a window, if there is one, each time.
/// </summary>
internal sealed class CapturePreview(string folder, TimeProvider time, CaptureWindow? window)
{
    private const int EyeWidth = 640, BarHeight = 22;
    private static readonly Scalar Green = new(80, 220, 80), Red = new(60, 60, 230), Grey = new(70, 70, 70), White = new(240, 240, 240);
    private static readonly string[] Names = ["x", "y", "size", "skew"];

    private readonly string path = Path.Combine(folder, "preview.jpg");
    private long? last;

    /// <summary>Draws and writes it, unless the last one is younger than a second; a kept pair is always shown.</summary>
    public void Show(LookedAt pair, CoverageProgress progress, bool kept)
    {
        var isDue = kept || last is not { } then || time.GetElapsedTime(then) >= TimeSpan.FromSeconds(1);
        if (!isDue && window is null)
            return;
        var sheet = Draw(pair, progress, kept);
        try
        {
            if (isDue)
                Write(sheet);
        }
        finally
        {
            if (window is null)
                sheet.Dispose();
            else
                window.Show(sheet);
        }
    }

    private void Write(Mat sheet)
    {
        last = time.GetTimestamp();
        Directory.CreateDirectory(folder);
        DurableFile.Write(path, sheet.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, 80)));
    }

    private static Mat Draw(LookedAt pair, CoverageProgress progress, bool kept)
    {
        var height = Math.Max(1, (int)Math.Round((double)pair.LeftGrey.Rows * EyeWidth / pair.LeftGrey.Cols));
        var sheet = new Mat(height + 4 * BarHeight, 2 * EyeWidth, MatType.CV_8UC3, new Scalar(20, 20, 20));
        Eye(sheet, 0, height, pair.LeftGrey, pair.Left, kept);
        Eye(sheet, EyeWidth, height, pair.RightGrey, pair.Right, kept);
        double[] shares = [progress.X, progress.Y, progress.Size, progress.Skew];
        for (var i = 0; i < shares.Length; i++)
        {
            var top = height + i * BarHeight;
            Cv2.PutText(sheet, Names[i], new Point(6, top + 16), HersheyFonts.HersheySimplex, 0.5, White);
            Cv2.Rectangle(sheet, new Rect(60, top + 4, 2 * EyeWidth - 70, BarHeight - 8), Grey, -1);
            Cv2.Rectangle(sheet, new Rect(60, top + 4, (int)((2 * EyeWidth - 70) * shares[i]), BarHeight - 8), shares[i] >= 1 ? Green : Red, -1);
        }
        return sheet;
    }

    private static void Eye(Mat sheet, int x, int height, Mat grey, FoundBoard found, bool kept)
    {
        var area = new Rect(x, 0, EyeWidth, height);
        using var place = sheet.SubMat(area);
        using var colour = new Mat();
        using var small = new Mat();
        Cv2.CvtColor(grey, colour, ColorConversionCodes.GRAY2BGR);
        Cv2.Resize(colour, small, new Size(EyeWidth, height), 0, 0, InterpolationFlags.Area);
        small.CopyTo(place);
        var scale = (double)EyeWidth / grey.Cols;
        foreach (var corner in found.Corners ?? [])
        {
            var (u, v) = ((int)(x + corner.X * scale), (int)(corner.Y * scale));
            Cv2.Line(sheet, u - 4, v, u + 4, v, Green);
            Cv2.Line(sheet, u, v - 4, u, v + 4, Green);
        }
        if (kept)
            Cv2.Rectangle(sheet, area, Green, 6);
    }
}
