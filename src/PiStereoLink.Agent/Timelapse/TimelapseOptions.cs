using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>What <c>agent timelapse</c> does.</summary>
/// <param name="Folder">Where the pictures go.</param>
/// <param name="Name">What they are called, relative to the folder.</param>
/// <param name="Interval">From picture to picture.</param>
/// <param name="Aligned">On whole intervals of the local day.</param>
/// <param name="Windows">Parts of the day; none is all of it.</param>
/// <param name="Shots">Stop after so many; null goes on.</param>
/// <param name="Keep">Delete the oldest above so many; null keeps all.</param>
/// <param name="MinFreeBytes">Room that must stay free.</param>
/// <param name="Consistent">Freeze what the first picture found for all that follow.</param>
/// <param name="Video">A video to make of the pictures at the end; null makes none.</param>
internal sealed record TimelapseOptions(
    string Folder, ShotName Name, TimeSpan Interval, bool Aligned, IReadOnlyList<DayWindow> Windows, long? Shots, int? Keep, long MinFreeBytes,
    bool Consistent, string? Video, CameraSpec Camera, CameraName CameraName, PictureSettings Pictures, TimeSpan Settle, AgentOptions Led, bool Json)
{
    /// <summary>A card that runs full stops more than the camera.</summary>
    private const long UsualMinFreeMegabytes = 500;

    private static readonly Option<string> Output = new("--output", "-o") { HelpName = "NAME", Description = "The pictures' names, with %04d, {counter:03d} or {timestamp:%Y-%m-%d-%H-%M-%S} in them." };
    private static readonly Option<string> Every = new("--interval") { HelpName = "SECONDS", Description = "From picture to picture (10)." };
    private static readonly Option<bool> OnTheClock = new("--aligned") { Description = "On whole intervals of the day, such as every hour on the hour." };
    private static readonly Option<string[]> Between = new("--between") { HelpName = "HH:MM-HH:MM", Description = "Only in this part of the day; may be given several times." };
    private static readonly Option<long?> Count = new("--frames") { HelpName = "N", Description = "Stop after so many pictures (never)." };
    private static readonly Option<int?> KeepNewest = new("--keep") { HelpName = "N", Description = "Keep the newest so many and delete older ones (all)." };
    private static readonly Option<long> MinFree = new("--min-free") { HelpName = "MB", Description = "Take none while less room is free.", DefaultValueFactory = _ => UsualMinFreeMegabytes };
    private static readonly Option<bool> Freeze = new("--consistent") { Description = "Keep the exposure and white balance of the first picture." };
    private static readonly Option<string> Assemble = new("--assemble") { HelpName = "FILE.mp4", Description = "At the end, make a video of the pictures with ffmpeg, 25 a second." };
    private static readonly Option<string> CameraOption = new("--camera") { HelpName = "SPEC", Description = "The camera: its index, its model, a part of its id path, sim:left or sim:right (0)." };
    private static readonly Option<string> NodeOption = new("--node") { HelpName = "NAME", Description = "What the stamp calls this Pi." };
    private static readonly Option<string> SettleOption = new("--settle") { HelpName = "MS", Description = "Milliseconds to find exposure, white balance and focus (1000)." };
    private static readonly Option<bool> JsonOption = new("--json") { Description = "At the end, print one JSON object with the counts." };
    private static readonly StillLedOptions LedOptions = new();
    private static readonly PictureOptions PictureOptions = new(PictureSettings.Still, PictureSettingTable.Still);

    public static IEnumerable<Option> All =>
        [Output, Every, OnTheClock, Between, Count, KeepNewest, MinFree, Freeze, Assemble, CameraOption, NodeOption, SettleOption, .. LedOptions.All, JsonOption, .. PictureOptions.Options];

    /// <exception cref="SettingException">What is not allowed, in a sentence.</exception>
    public static TimelapseOptions Read(ParseResult parsed, IConfiguration settings)
    {
        var agent = settings.GetSection(AgentOptions.Section);
        var spec = parsed.GetValue(CameraOption) ?? agent["Cameras:0"] ?? "0";
        var node = parsed.GetValue(NodeOption) ?? agent["Node"] ?? new AgentOptions().NodeName;
        var output = parsed.GetValue(Output) ?? throw new SettingException("No names for the pictures: give -o NAME, such as -o garden/%04d.jpg.");
        try
        {
            // What stands before the first field is the folder that must exist; the names below it may make folders.
            var fixedPart = output.AsSpan(0, Math.Max(0, output.AsSpan().IndexOfAny('%', '{')));
            var folder = output[..(fixedPart.LastIndexOf('/') + 1)];
            return new TimelapseOptions(
                Path.GetFullPath(folder.Length == 0 ? "." : folder), new ShotName(output[folder.Length..]),
                TimeSpan.FromSeconds(Number("--interval", parsed.GetValue(Every) ?? "10", ShotGrid.ShortestSeconds, ShotGrid.LongestSeconds)), parsed.GetValue(OnTheClock),
                [.. (parsed.GetValue(Between) ?? []).Select(DayWindow.Parse)], parsed.GetValue(Count), parsed.GetValue(KeepNewest), parsed.GetValue(MinFree) * 1_000_000,
                parsed.GetValue(Freeze), parsed.GetValue(Assemble),
                CameraSpec.TryParse(spec, out var camera) ? camera : throw new SettingException($"--camera '{spec}' cannot be used: {CameraSpec.Allowed}."),
                CameraName.IsValid(node) ? new(node, CameraSpec.Named([spec])[0].Name) : throw new SettingException($"--node '{node}' cannot be a name: {CameraName.Allowed} can."),
                Format(PictureOptions.Read(parsed, settings), output),
                TimeSpan.FromMilliseconds(Number("--settle", parsed.GetValue(SettleOption) ?? "1000", 0, 600_000)), LedOptions.Read(parsed, agent), parsed.GetValue(JsonOption));
        }
        catch (FormatException e)
        {
            throw new SettingException(e.Message);
        }
    }

    private static PictureSettings Format(PictureSettings given, string output)
    {
        var pictures = StillFormat.Of(given, output);
        return StillFormat.Problems(pictures).FirstOrDefault() is { } problem ? throw new SettingException(problem) : pictures;
    }

    private static double Number(string option, string text, double least, double most) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new SettingException(string.Create(CultureInfo.InvariantCulture, $"{option} '{text}' is not a number from {least} to {most}."));
}
