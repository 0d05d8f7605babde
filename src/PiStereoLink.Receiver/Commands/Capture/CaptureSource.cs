using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Sources;

namespace PiStereoLink.Receiver.Commands.Capture;

/// <summary>A source as people write it.</summary>
internal static class CaptureSource
{
    private const string Known = "elp:A,B, sbs:A, ps4:A (cameras of this machine), replay:DIR (DIR/left and DIR/right, or leftNN and rightNN in DIR), sim:, "
        + "rig:NAME (a rig of a running receiver, --from), pi:NODE/CAMERA (one of its cameras)";

    /// <exception cref="FormatException">It is none that is known.</exception>
    /// <exception cref="IOException">It is a replay of nothing.</exception>
    public static ICaptureSource Parse(string text, string receiver) => text.Split(':', 2) switch
    {
        ["rig", { Length: > 0 } name] => new RigPictures(receiver, name),
        ["pi", var name] when CameraName.TryParse(name, out var camera) => new CameraPictures(receiver, camera),
        _ when SourceSpec.IsSource(text) => Local(text),
        _ => throw new FormatException($"'{text}' is no source of pictures. Known: {Known}."),
    };

    private static ICaptureSource Local(string text)
    {
        var (source, calibration) = LocalSource.Parse(text, "capture");
        return calibration is not null ? throw new FormatException($"{text}: pictures are kept as they come, so there is nothing to do with the calibration {calibration}; leave it away.")
            : source.Kind == SourceKind.Replay ? new StoredPictures(source) : new LocalPictures(source);
    }
}
