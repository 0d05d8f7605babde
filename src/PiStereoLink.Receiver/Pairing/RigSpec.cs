using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Sources;

namespace PiStereoLink.Receiver.Pairing;

/// <summary>A rig as it is asked for: <c>NAME=LEFT,RIGHT[,CALIBRATION]</c>, LEFT and RIGHT being <c>NODE/CAMERA</c>, or <c>NAME=SOURCE[,CALIBRATION]</c>.</summary>
/// <param name="CalibrationFile">A calibration; without one the pictures are taken as rectified.</param>
public sealed record RigSpec(string Name, CameraName Left, CameraName Right, string? CalibrationFile)
{
    /// <summary>Where both pictures come from, if not from the network; the cameras are then NAME/left and NAME/right.</summary>
    public SourceSpec? Source { get; init; }

    /// <summary>The matcher's parameters; none are the defaults of the block matcher.</summary>
    public string? PresetFile { get; init; }

    /// <exception cref="FormatException">The text is no rig; the message says what came and what was allowed.</exception>
    public static RigSpec Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var cameras = equals < 0 ? "" : text[(equals + 1)..];
        var parts = cameras.Split(',', 3);
        if (parts.Length < 2 && !SourceSpec.IsSource(cameras))
            throw Wrong(text, "it needs a name and two cameras");
        var name = text[..equals];
        if (!CameraName.IsValid(name))
            throw Wrong(text, $"the name '{name}' is not {CameraName.Allowed}");
        if (SourceSpec.IsSource(cameras))
            return OfSource(name, cameras);
        if (parts[0] == parts[1])
            throw Wrong(text, "left and right are the same camera");
        return new RigSpec(name, CameraOf(text, parts[0]), CameraOf(text, parts[1]), parts.Length > 2 ? parts[2] : null);
    }

    private static RigSpec OfSource(string name, string text)
    {
        var source = SourceSpec.Parse(text, out var calibration);
        return new RigSpec(name, new CameraName(name, "left"), new CameraName(name, "right"), calibration) { Source = source };
    }

    private static CameraName CameraOf(string rig, string text)
    {
        const string prefix = "pi:";
        var name = text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
        return CameraName.TryParse(name, out var camera) ? camera : throw Wrong(rig, $"'{text}' is not NODE/CAMERA, each {CameraName.Allowed}");
    }

    private static FormatException Wrong(string text, string why) =>
        new($"Rig '{text}': {why}. A rig is NAME=LEFT,RIGHT[,CALIBRATION], such as garden=pi-left/0,pi-right/0,garden.npz, or NAME=SOURCE[,CALIBRATION], such as desk=elp:/dev/video0,/dev/video2,desk.npz.");
}
