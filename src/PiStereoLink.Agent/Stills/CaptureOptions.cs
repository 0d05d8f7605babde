using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>What <c>agent capture</c> does.</summary>
/// <param name="Output">The file; <c>-</c> is stdout, null none.</param>
/// <param name="Camera">Which camera.</param>
/// <param name="Name">What it is called in the stamp.</param>
/// <param name="Pictures">What picture.</param>
/// <param name="Settle">Time to find exposure, white balance and focus.</param>
/// <param name="Freeze">The file that is to hold what was found; null when none is.</param>
/// <param name="Led">What becomes of the LED.</param>
/// <param name="Json">Whether to print one JSON object.</param>
internal sealed record CaptureOptions(
    string? Output, CameraSpec Camera, CameraName Name, PictureSettings Pictures, TimeSpan Settle, string? Freeze, AgentOptions Led, bool Json)
{
    /// <summary>rpicam-still waits 5 s by itself; exposure and white balance stand after less than one.</summary>
    private const int UsualSettleMilliseconds = 2000;

    private const int LongestSettleMilliseconds = 600_000;

    private static readonly Option<string> OutputOption = new("--output", "-o") { HelpName = "FILE|-", Description = "Where to: a file whose name says the format, or - for stdout." };
    private static readonly Option<string> CameraOption = new("--camera") { HelpName = "SPEC", Description = "The camera: its index, its model, a part of its id path, sim:left or sim:right (0)." };
    private static readonly Option<string> NodeOption = new("--node") { HelpName = "NAME", Description = "What the stamp calls this Pi." };
    private static readonly Option<string> SettleOption = new("--settle") { HelpName = "MS", Description = $"Milliseconds to find exposure, white balance and focus; 0 takes the first picture that comes ({UsualSettleMilliseconds})." };
    private static readonly Option<string> FreezeOption = new("--freeze") { HelpName = "FILE", Description = "Write the shutter, gain, white balance and focus that were found to a file, for --frozen." };
    private static readonly Option<bool> JsonOption = new("--json") { Description = "Print one JSON object about the picture." };

    private static readonly StillLedOptions LedOptions = new();
    private static readonly PictureOptions PictureOptions = new(PictureSettings.Still, PictureSettingTable.Still);

    public static IEnumerable<Option> All => [OutputOption, CameraOption, NodeOption, SettleOption, FreezeOption, .. LedOptions.All, JsonOption, .. PictureOptions.Options];

    /// <exception cref="SettingException">What is not allowed, a sentence each.</exception>
    public static CaptureOptions Read(ParseResult parsed, IConfiguration settings)
    {
        var agent = settings.GetSection(AgentOptions.Section);
        var given = parsed.GetValue(CameraOption) ?? agent["Cameras:0"] ?? "0";
        var node = parsed.GetValue(NodeOption) ?? agent["Node"] ?? new AgentOptions().NodeName;
        var pictures = PictureOptions.Read(parsed, settings);
        var options = new CaptureOptions(
            parsed.GetValue(OutputOption),
            CameraSpec.TryParse(given, out var camera) ? camera : throw new SettingException($"--camera '{given}' cannot be used: {CameraSpec.Allowed}."),
            CameraName.IsValid(node) ? new(node, CameraSpec.Named([given])[0].Name) : throw new SettingException($"--node '{node}' cannot be a name: {CameraName.Allowed} can."),
            StillFormat.Of(pictures, parsed.GetValue(OutputOption)),
            SettleOf(parsed.GetValue(SettleOption)),
            parsed.GetValue(FreezeOption),
            LedOptions.Read(parsed, agent),
            parsed.GetValue(JsonOption));
        var wrong = string.Join(' ', options.Problems());
        return wrong.Length == 0 ? options : throw new SettingException(wrong);
    }

    private IEnumerable<string> Problems()
    {
        if (Output is null && Freeze is null)
            yield return "No file for the picture: give -o FILE, or -o - for stdout.";
        if (Output == "-" && Json)
            yield return "-o - puts the picture on stdout, where --json would print: leave one out.";
        if (Output is "-" or null && Pictures.Raw)
            yield return "--raw puts a second file beside the picture: give -o FILE.";
        if (Path.GetExtension(Output) is ".dng" or ".DNG")
            yield return $"-o {Output} cannot be: a DNG lies beside a picture, so give -o {Path.ChangeExtension(Output, ".jpg")} --raw.";
        foreach (var problem in StillFormat.Problems(Pictures))
            yield return problem;
        if (Freeze is not null && Pictures.IsFixed)
            yield return "--freeze finds shutter, gain and white balance, and all three are given: leave one out.";
    }

    private static TimeSpan SettleOf(string? text) => TimeSpan.FromMilliseconds(
        text is null ? UsualSettleMilliseconds :
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given <= LongestSettleMilliseconds ? given :
        throw new SettingException($"--settle '{text}' is not a whole number of milliseconds from 0 to {LongestSettleMilliseconds}."));
}
