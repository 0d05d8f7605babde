using PiStereoLink.Receiver.Web;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Remote;

/// <summary>One disparity of a subscription, as it came.</summary>
/// <param name="Header">Which pair, and how to read the PNG.</param>
/// <param name="Png">16 bits a pixel.</param>
/// <param name="Picture">The rectified left picture as PNG, where it was asked for.</param>
public sealed record RemoteDisparity(DisparityHeader Header, byte[] Png, byte[]? Picture)
{
    /// <summary>A name for its files: its time of capture.</summary>
    public string FileName => Header.CaptureTime.Replace(":", "", StringComparison.Ordinal);

    /// <summary>The points between two depths, those that the receiver itself would give.</summary>
    /// <exception cref="InvalidDataException">What came does not fit together.</exception>
    public PointCloud ToPointCloud(RemoteRig rig, double nearMetres, double farMetres)
    {
        var map = DisparityPng.ReadMap(Png, "The disparity", Header.MinDisparity, Header.NumDisparities);
        if ((map.Width, map.Height) != (rig.Width, rig.Height))
            throw new InvalidDataException($"The disparity is {map.Width}x{map.Height}, but the rig {rig.Name} is calibrated for {rig.Width}x{rig.Height}.");
        var colour = Picture is null ? null : ColourPicture.Decode(Picture, "The left picture");
        return PointCloud.FromDisparity(map, rig.Geometry, colour, nearMetres, farMetres);
    }
}
