using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Pairing;

/// <summary>A rig as it is asked for: <c>NAME=LEFT,RIGHT[,CALIBRATION]</c>, LEFT and RIGHT being <c>NODE/CAMERA</c>.</summary>
/// <param name="CalibrationFile">A calibration; without one the pictures are taken as rectified.</param>
public sealed record RigSpec(string Name, CameraName Left, CameraName Right, string? CalibrationFile)
{
    /// <exception cref="FormatException">The text is no rig; the message says what came and what was allowed.</exception>
    public static RigSpec Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var parts = equals < 0 ? [] : text[(equals + 1)..].Split(',', 3);
        if (parts.Length < 2)
            throw Wrong(text, "it needs a name and two cameras");
        var name = text[..equals];
        if (!CameraName.IsValid(name))
            throw Wrong(text, $"the name '{name}' is not {CameraName.Allowed}");
        if (parts[0] == parts[1])
            throw Wrong(text, "left and right are the same camera");
        return new RigSpec(name, CameraOf(text, parts[0]), CameraOf(text, parts[1]), parts.Length > 2 ? parts[2] : null);
    }

    private static CameraName CameraOf(string rig, string text)
    {
        const string prefix = "pi:";
        var name = text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
        return CameraName.TryParse(name, out var camera) ? camera : throw Wrong(rig, $"'{text}' is not NODE/CAMERA, each {CameraName.Allowed}");
    }

    private static FormatException Wrong(string text, string why) =>
        new($"Rig '{text}': {why}. A rig is NAME=LEFT,RIGHT[,CALIBRATION], such as garden=pi-left/0,pi-right/0,garden.npz.");
}
