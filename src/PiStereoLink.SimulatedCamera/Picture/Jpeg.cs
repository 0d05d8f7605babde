using System.Runtime.InteropServices;
using OpenCvSharp;
using PiStereoLink.SimulatedCamera.Video;

namespace PiStereoLink.SimulatedCamera.Picture;

/// <summary>Encodes pictures of one size and quality: one scan, no restart markers, no EXIF, as the camera program's video does.</summary>
internal sealed class Jpeg(int width, int height, int quality) : IFrameEncoder
{
    private readonly Mat mat = new(height, width, MatType.CV_8UC3);
    private readonly ImageEncodingParam[] parameters = [new(ImwriteFlags.JpegQuality, quality)];

    /// <summary>One JPEG from blue, green, red bytes.</summary>
    public byte[] Encode(byte[] bgr)
    {
        Marshal.Copy(bgr, 0, mat.Data, bgr.Length);
        Cv2.ImEncode(".jpg", mat, out var bytes, parameters);
        return bytes;
    }

    public void Dispose() => mat.Dispose();
}
