using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Commands.Capture;

/// <summary>A source as people write it.</summary>
internal static class CaptureSource
{
    private const string Known = "replay:DIR (DIR/left and DIR/right, or leftNN and rightNN in DIR), rig:NAME (a rig of a running receiver, --from), pi:NODE/CAMERA (one of its cameras)";

    /// <exception cref="FormatException">It is none that is known.</exception>
    public static ICaptureSource Parse(string text, string receiver) => text.Split(':', 2) switch
    {
        ["replay", { Length: > 0 } folder] => ReplayFolder.Open(folder),
        ["rig", { Length: > 0 } name] => new RigPictures(receiver, name),
        ["pi", var name] when CameraName.TryParse(name, out var camera) => new CameraPictures(receiver, camera),
        ["elp" or "sbs" or "ps4" or "sim", _] => throw new FormatException(
            $"{text} is captured through a receiver: start one with --rig NAME={text}, then receiver capture rig:NAME."),
        _ => throw new FormatException($"'{text}' is no source of pictures. Known: {Known}."),
    };
}
