using System.Globalization;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Store;

/// <summary>Where a frame lies in the store: <c>node/camera/2026-11-21/084512.123456Z-run8-seq20.jpg</c>, time of capture in UTC.</summary>
public static class StoredName
{
    /// <summary>The folder of one day of one camera, relative to the store.</summary>
    public static string FolderOf(Frame frame) =>
        Path.Combine(frame.Camera.Node, frame.Camera.Camera, frame.CapturedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>Whether two frames may have one name: then the first must be there before the second is looked at.</summary>
    public static bool MayBeOne(Frame one, Frame other) =>
        one.Camera == other.Camera && (one.Identity.Run, one.Identity.Sequence) == (other.Identity.Run, other.Identity.Sequence);

    public static string FileOf(Frame frame) =>
        string.Create(CultureInfo.InvariantCulture, $"{frame.CapturedAt:HHmmss.ffffff}Z-{frame.Identity.Run:x8}-{frame.Identity.Sequence:d20}.jpg");

    /// <summary>For another picture of the same name: the same with the picture's CRC-32C behind it.</summary>
    public static string FileBeside(Frame frame, uint crc) =>
        string.Create(CultureInfo.InvariantCulture, $"{frame.CapturedAt:HHmmss.ffffff}Z-{frame.Identity.Run:x8}-{frame.Identity.Sequence:d20}-{crc:x8}.jpg");
}
