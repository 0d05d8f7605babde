using PiStereoLink.Protocol;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands.Calibrate;

/// <summary>A picture's bytes, whole; what cannot be used of a set, and what of it is not worth ending for.</summary>
internal static class CalibrationPicture
{
    /// <summary>Reads a picture whose header makes sense.</summary>
    /// <exception cref="UnreadablePictureException">It cannot be read; a sentence without its stop names it and says why.</exception>
    public static byte[] Read(string file)
    {
        var name = Path.GetFileName(file);
        try
        {
            var bytes = File.ReadAllBytes(file);
            EncodedPicture.ReadSize(bytes, name);
            // A decoder makes up the missing half of a truncated JPEG.
            if (bytes is [0xFF, 0xD8, ..] && JpegScanner.Check(bytes) is { Fault: not JpegFault.None } jpeg)
                throw new UnreadablePictureException($"{name} cannot be read: {jpeg.Describe()}");
            return bytes;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UnreadablePictureException($"{name} cannot be read: {e.Message.TrimEnd('.')}", e);
        }
    }
}

/// <summary>One picture of many that cannot be read; the others may do.</summary>
internal sealed class UnreadablePictureException(string message, Exception? inner = null) : Exception(message, inner);
