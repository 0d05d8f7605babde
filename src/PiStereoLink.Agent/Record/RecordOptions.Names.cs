using System.CommandLine;

namespace PiStereoLink.Agent;

internal sealed partial record RecordOptions
{
    // raspivid's, and those of everybody who came from it.
    private const string UsualBits = "17M";
    private const int UsualWidth = 1920, UsualHeight = 1080;

    /// <summary>A card that runs full stops more than the camera.</summary>
    private const long UsualMinFreeMegabytes = 500;

    private const double ShortestSeconds = 0.1, LongestSeconds = 1e9;

    private static readonly Option<string> Output = new("--output", "-o") { HelpName = "FILE|DIR|-", Description = "Where to: .h264, or .mp4 or .mkv where ffmpeg is installed; .yuv or .rgb is not compressed. A name with %04d, {counter:03d} or {timestamp:%Y-%m-%d-%H-%M-%S} in it, or a folder, for several files; - for stdout." };
    private static readonly Option<string> EncodingOption = new("--encoding") { HelpName = "WORD", Description = $"{string.Join(", ", RecordTarget.Encodings[..^1])} or {RecordTarget.Encodings[^1]}; by the file's name unless given ({RecordTarget.H264}). rgb comes from raspividyuv of the legacy stack alone." };
    private static readonly Option<string> CameraOption = new("--camera") { HelpName = "SPEC", Description = "The camera: its index, its model, a part of its id path, sim:left or sim:right (0)." };
    private static readonly Option<string> DurationOption = new("--seconds") { HelpName = "N", Description = "Stop so many seconds after the first picture (never)." };
    private static readonly Option<string> Bits = new("--bitrate") { HelpName = "BITS", Description = $"Bits a second, such as 800k or 4M ({UsualBits})." };
    private static readonly Option<int?> IntraOption = new("--intra") { HelpName = "N", Description = "A key picture each so many pictures; files begin at them (one a second)." };
    private static readonly Option<string> ProfileOption = new("--profile") { HelpName = "WORD", Description = "For old players: baseline, main or high (high)." };
    private static readonly Option<string> SegmentOption = new("--segment") { HelpName = "SECONDS", Description = "Begin another file at the first key picture after so long." };
    private static readonly Option<string> CircularOption = new(CircularName) { HelpName = "SECONDS|MB", Description = "Keep the last so many seconds, or megabytes as 64MB, in memory; write them to a file on SIGUSR1 and at the end." };
    private static readonly Option<int?> KeepOption = new("--keep") { HelpName = "N", Description = "Keep the newest so many files and delete older ones (all)." };
    private static readonly Option<long> MinFreeOption = new("--min-free") { HelpName = "MB", Description = "End the recording when less room is free.", DefaultValueFactory = _ => UsualMinFreeMegabytes };
    private static readonly Option<bool> TimesOption = new("--pts") { Description = "Beside each file, FILE.pts with the time of each picture in ms, as mkvmerge --timestamps takes it." };
    private static readonly Option<bool> JsonOption = new("--json") { Description = "At the end, print one JSON object about the recording." };

    private static readonly PictureSettings Usual = PictureSettings.Video with { Width = UsualWidth, Height = UsualHeight };

    // JPEG's quality has no meaning here: the bit rate stands for it.
    private static readonly PictureOptions PictureOptions = new(Usual, Array.FindAll(PictureSettingTable.Video, setting => setting.Option != "--quality"));

    public static IEnumerable<Option> All =>
    [
        Output, EncodingOption, CameraOption, DurationOption, SegmentOption, CircularOption, KeepOption, MinFreeOption, TimesOption, JsonOption, Bits, IntraOption, ProfileOption, .. PictureOptions.Options,
    ];
}
