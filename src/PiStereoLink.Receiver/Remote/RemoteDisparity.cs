using PiStereoLink.Receiver.Web;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Remote;

/// <summary>One disparity of a subscription, as it came.</summary>
/// <param name="Header">Which pair, and how to read the PNG.</param>
/// <param name="Png">16 bits a pixel.</param>
/// <param name="Pictures">Those that were asked for.</param>
public sealed record RemoteDisparity(DisparityHeader Header, byte[] Png, byte[][] Pictures)
{
    /// <summary>A name for its files: its time of capture.</summary>
    public string FileName => NameOf(Header.CaptureTime);

    /// <summary>A name for files of what was captured at this time.</summary>
    public static string NameOf(string captureTime) => captureTime.Replace(":", "", StringComparison.Ordinal);

    /// <summary>The points between two depths, those that the receiver itself would give; in colour where the rectified left picture came along.</summary>
    /// <exception cref="InvalidDataException">What came does not fit together.</exception>
    public PointCloud ToPointCloud(RemoteRig rig, double nearMetres, double farMetres)
    {
        var map = DisparityPng.ReadMap(Png, "The disparity", Header.MinDisparity, Header.NumDisparities);
        if ((map.Width, map.Height) != (rig.Width, rig.Height))
            throw new InvalidDataException($"The disparity is {map.Width}x{map.Height}, but the rig {rig.Name} is calibrated for {rig.Width}x{rig.Height}.");
        var colour = Pictures is [var left, ..] ? ColourPicture.Decode(left, "The left picture") : null;
        return PointCloud.FromDisparity(map, rig.Geometry, colour, nearMetres, farMetres);
    }
}
