using System.Globalization;

namespace PiStereoLink.Receiver.Web;

/// <summary>Times of capture in headers.</summary>
internal static class CaptureTime
{
    /// <summary>ISO 8601 with microseconds, UTC.</summary>
    public static string Text(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
