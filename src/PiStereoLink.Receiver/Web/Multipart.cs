using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace PiStereoLink.Receiver.Web;

/// <summary>Writes motion JPEG as <c>multipart/x-mixed-replace</c>, which browsers, ffmpeg, VLC and OpenCV play.</summary>
public static class Multipart
{
    private const string Boundary = "picture";

    public static void Begin(HttpResponse response)
    {
        response.ContentType = $"multipart/x-mixed-replace; boundary={Boundary}";
        response.Headers.CacheControl = "no-store";
        WriteText(response.BodyWriter, $"--{Boundary}\r\n");
    }

    /// <summary>Writes one picture and waits until the viewer has taken it. The next part's boundary goes with it: some players show a
    /// picture only when they see it.</summary>
    public static async Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> jpeg, DateTime capturedAt, CancellationToken cancellationToken)
    {
        WriteText(response.BodyWriter, string.Create(CultureInfo.InvariantCulture,
            $"Content-Type: image/jpeg\r\nContent-Length: {jpeg.Length}\r\nX-Capture-Time: {CaptureTime.Text(capturedAt)}\r\n\r\n"));
        await response.BodyWriter.WriteAsync(jpeg, cancellationToken);
        WriteText(response.BodyWriter, $"\r\n--{Boundary}\r\n");
        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    private static void WriteText(PipeWriter output, string text) => Encoding.ASCII.GetBytes(text, output);
}
