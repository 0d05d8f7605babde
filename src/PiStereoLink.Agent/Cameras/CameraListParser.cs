using System.Globalization;
using System.Text.RegularExpressions;

namespace PiStereoLink.Agent;

/// <summary>
/// Reads what <c>--list-cameras</c> prints. Bit depth and colour filter came in 2023, the modes' rates and crops before that; a sensor
/// whose filter the program has no name for shows none. Anything else, libcamera's own lines among them, is passed over.
/// </summary>
public static partial class CameraListParser
{
    public static IReadOnlyList<ListedCamera> Parse(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var cameras = new List<ListedCamera>();
        var modes = new List<CameraMode>();
        var format = "";
        foreach (var line in lines.Select(line => line.Trim()))
        {
            if (Camera().Match(line) is { Success: true } camera)
            {
                (modes, format) = ([], "");
                cameras.Add(new(Whole(camera, 1), camera.Groups[2].Value, camera.Groups[5].Value, Whole(camera, 3), Whole(camera, 4), modes));
            }
            else if (cameras.Count > 0 && Mode().Match(line) is { Success: true } mode)
            {
                format = mode.Groups[1].Success ? mode.Groups[1].Value : format;
                modes.Add(new(format, Whole(mode, 2), Whole(mode, 3), Rate(mode.Groups[4].Value)));
            }
        }
        return cameras;
    }

    private static int Whole(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static double? Rate(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && double.IsFinite(rate) ? rate : null;

    [GeneratedRegex(@"^(\d{1,2}) : (\S+) \[(\d{1,6})x(\d{1,6})(?: [^\]]*)?\] \((.+)\)$")]
    private static partial Regex Camera();

    [GeneratedRegex(@"^(?:Modes: )?(?:'([^']+)' : )?(\d{1,6})x(\d{1,6})(?: \[([0-9.]+|-?nan) fps\b.*)?$")]
    private static partial Regex Mode();
}
