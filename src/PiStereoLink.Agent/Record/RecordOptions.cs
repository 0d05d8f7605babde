using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace PiStereoLink.Agent;

/// <summary>What <c>agent record</c> does.</summary>
/// <param name="Target">Where the recording goes.</param>
/// <param name="Camera">Which camera.</param>
/// <param name="Pictures">What pictures.</param>
/// <param name="Encoding">How they are encoded; null where they are not.</param>
/// <param name="Duration">Stop so long after the first picture; null goes on until stopped.</param>
/// <param name="Segment">Begin another file after so long; null has one file.</param>
/// <param name="Circular">Keep in memory, and write when asked to; null writes at once.</param>
/// <param name="Keep">Delete the oldest files above so many; null keeps all.</param>
/// <param name="MinFreeBytes">Room that must stay free.</param>
/// <param name="WithTimes">A file with the time of each picture beside each.</param>
internal sealed partial record RecordOptions(
    RecordTarget Target, CameraSpec Camera, PictureSettings Pictures, H264Settings? Encoding, TimeSpan? Duration, TimeSpan? Segment, CircularLimit? Circular,
    int? Keep, long MinFreeBytes, bool WithTimes, bool Json)
{
    private const string CircularName = "--circular";

    /// <exception cref="SettingException">What is not allowed, a sentence each.</exception>
    public static RecordOptions Read(ParseResult parsed, IConfiguration settings)
    {
        var agent = settings.GetSection(AgentOptions.Section);
        var camera = parsed.GetValue(CameraOption) ?? agent["Cameras:0"] ?? "0";
        var target = RecordTarget.Parse(parsed.GetValue(Output) ?? throw new SettingException("No file for the recording: give -o FILE.h264, or -o - for stdout."), parsed.GetValue(EncodingOption));
        var isRaw = RawGeometry.IsRaw(target.Encoding);
        var pictures = isRaw ? RawPictures(parsed, settings, target.Encoding) : PictureOptions.Read(parsed, settings);
        var bits = BitRate.Parse("--bitrate", parsed.GetValue(Bits) ?? UsualBits);
        var options = new RecordOptions(
            target,
            CameraSpec.TryParse(camera, out var spec) ? spec : throw new SettingException($"--camera '{camera}' cannot be used: {CameraSpec.Allowed}."),
            pictures,
            isRaw ? null : new H264Settings(bits, parsed.GetValue(IntraOption) ?? (int)Math.Max(1, Math.Round(pictures.Framerate)), parsed.GetValue(ProfileOption)),
            Seconds("--seconds", parsed.GetValue(DurationOption)), Seconds("--segment", parsed.GetValue(SegmentOption)),
            parsed.GetValue(CircularOption) is not { } circular ? null
                : isRaw ? CircularLimit.Parse(CircularName, circular, RawFilm.MostBytes(pictures), pictures.Framerate)
                : CircularLimit.Parse(CircularName, circular, bits),
            parsed.GetValue(KeepOption), parsed.GetValue(MinFreeOption) * 1_000_000, parsed.GetValue(TimesOption), parsed.GetValue(JsonOption));
        var wrong = string.Join(' ', options.Problems());
        return wrong.Length == 0 ? options : throw new SettingException(wrong);
    }

    /// <summary>Of pictures that are not compressed. Their file does not say their size, and the usual one would fill a card in minutes: both have to be given.</summary>
    private static PictureSettings RawPictures(ParseResult parsed, IConfiguration settings, string encoding)
    {
        var pictures = PictureOptions.Read(parsed, settings, instead: Usual with { Width = null, Height = null }) with { Encoding = encoding };
        var ofH264 = ((Option[])[Bits, IntraOption, ProfileOption]).Where(option => parsed.GetResult(option) is { Implicit: false })
            .Select(option => $"{option.Name} is for H.264, and {encoding} is not compressed: leave it out, or record to .h264.");
        var wrong = string.Join(' ', ofH264.Concat(StillFormat.Problems(pictures)));
        return wrong.Length == 0 ? pictures : throw new SettingException(wrong);
    }

    private IEnumerable<string> Problems()
    {
        var several = Segment is not null ? "--segment" : Circular is not null ? CircularName : Keep is not null ? "--keep" : null;
        if (Camera.Device is { } usb)
            yield return $"--camera {usb}: a USB camera has no {(Encoding is null ? "uncompressed video" : "H.264 encoder")} that this verb could use. `agent run` sends its pictures.";
        if (Target.IsStdout && (several ?? (WithTimes ? "--pts" : Json ? "--json" : null)) is { } needsFile)
            yield return $"-o - puts the stream on stdout: {needsFile} needs a file.";
        else if (several is not null && Target.Name is null)
            yield return $"{several} makes several files, and -o {Target.Given} names one: put %04d or {{timestamp:%Y-%m-%d-%H-%M-%S}} into it, or give a folder.";
        if (Segment is not null && Circular is not null)
            yield return "--segment writes as the pictures come, --circular when asked to: leave one out.";
        if (Pictures.Width is null)
            yield return "A recording needs --width and --height.";
        if (Encoding?.Intra < 1)
            yield return $"--intra {Encoding?.Intra} is no number of pictures: give 1 or more.";
        if (Keep < 1)
            yield return $"--keep {Keep} would keep nothing: give 1 or more.";
        if (Encoding?.Profile is { } profile && !H264Settings.Profiles.Contains(profile))
            yield return $"--profile '{profile}' is not {string.Join(", ", H264Settings.Profiles[..^1])} or {H264Settings.Profiles[^1]}.";
    }

    private static TimeSpan? Seconds(string option, string? text) => text is null ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= ShortestSeconds and <= LongestSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new SettingException(string.Create(CultureInfo.InvariantCulture, $"{option} '{text}' is not a number of seconds from {ShortestSeconds} to {LongestSeconds}."));
}
