using System.Text.Json.Serialization;
using PiStereoLink.Receiver.Depth;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Web;

/// <summary>
/// The text message in front of each disparity of a subscription. Behind it come, as a binary message each, the disparity (a 16-bit PNG)
/// and, if it was asked for, the rectified left picture (a PNG in colour).
/// </summary>
/// <param name="Sequence">The pair's number in its rig.</param>
/// <param name="CaptureTime">Of the left frame by the receiver's clock, ISO 8601 with microseconds.</param>
/// <param name="CameraTime">The same by the Pi's own clock.</param>
/// <param name="Width">Px.</param>
/// <param name="Height">Px.</param>
/// <param name="Scale">Steps of the PNG per px of disparity; 0 in it means none.</param>
/// <param name="MinDisparity">The smallest disparity that was looked for, px.</param>
/// <param name="NumDisparities">How many were tried, px.</param>
/// <param name="DisparityBytes">Length of the PNG.</param>
/// <param name="PictureBytes">Length of the picture; absent when none follows.</param>
public sealed record DisparityHeader(
    long Sequence, string CaptureTime, string CameraTime, int Width, int Height, int Scale, int MinDisparity, int NumDisparities, int DisparityBytes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? PictureBytes)
{
    public static DisparityHeader Of(RigDepth depth, byte[] disparity, byte[]? picture)
    {
        var map = depth.Frame.Disparity;
        return new DisparityHeader(depth.Sequence, Web.CaptureTime.Text(depth.CapturedAt), Web.CaptureTime.Text(depth.CameraTime),
            map.Width, map.Height, DisparityPng.Scale, map.MinDisparity, map.NumDisparities, disparity.Length, picture?.Length);
    }
}
