using System.Text;
using System.Text.Json;

namespace PiStereoLink.Agent;

/// <summary>What one camera found for the light of a place, as a file: with it any number of Pis, and any number of days, expose alike.</summary>
/// <param name="ShutterMicroseconds">Exposure time.</param>
/// <param name="Gain">Analogue and digital gain together.</param>
/// <param name="ColourGains">White balance.</param>
/// <param name="LensPosition">Where the lens stood, in dioptres; null where it does not move.</param>
public sealed record FrozenExposure(double ShutterMicroseconds, double Gain, ColourGains ColourGains, double? LensPosition = null)
{
    /// <summary>From what a program told of a picture; null when that is not everything.</summary>
    public static FrozenExposure? From(CameraMetadata? metadata) =>
        metadata is { ExposureMicroseconds: { } shutter, AnalogueGain: { } gain, ColourGains: { } colour }
            ? new(shutter, Math.Max(1, gain * (metadata.Value.DigitalGain ?? 1)), colour, metadata.Value.LensPosition)
            : null;

    /// <summary><c>{"shutter":19987,"gain":2.5,"awbgains":[1.9,1.6],"lensPosition":0.5}</c>; the last one of cameras with a lens that moves.</summary>
    public string ToJson()
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteNumber("shutter"u8, ShutterMicroseconds);
            json.WriteNumber("gain"u8, Gain);
            json.WriteStartArray("awbgains"u8);
            json.WriteNumberValue(ColourGains.Red);
            json.WriteNumberValue(ColourGains.Blue);
            json.WriteEndArray();
            if (LensPosition is { } lens)
                json.WriteNumber("lensPosition"u8, lens);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    /// <exception cref="SettingException">The file is not there, or is not what it should be.</exception>
    public static FrozenExposure Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            var (root, gains) = (json.RootElement, json.RootElement.GetProperty("awbgains"));
            var lens = root.TryGetProperty("lensPosition", out var position) ? NotNegative(position) : (double?)null;
            return new(Positive(root.GetProperty("shutter")), Positive(root.GetProperty("gain")), new(Positive(gains[0]), Positive(gains[1])), lens);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"--frozen {path} cannot be read: {e.Message}");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            throw new SettingException($"--frozen {path} is not what `agent capture --freeze` writes: {{\"shutter\":MICROSECONDS,\"gain\":GAIN,\"awbgains\":[RED,BLUE]}}.");
        }
    }

    /// <summary>The setting <c>--frozen FILE</c>.</summary>
    internal static Func<PictureSettings, PictureSettings> Reader(string path) => Read(path).Apply;

    /// <summary>The same pictures, exposed, balanced and focused as this one was.</summary>
    public PictureSettings Apply(PictureSettings pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        var exposed = pictures with { ShutterMicroseconds = ShutterMicroseconds, Gain = Gain, ColourGains = ColourGains };
        return LensPosition is { } lens ? exposed with { AutofocusMode = "manual", LensPosition = ProgramArguments.Text(lens) } : exposed;
    }

    private static double Positive(JsonElement element) => element.GetDouble() is var number && number > 0 ? number : throw new FormatException();

    private static double NotNegative(JsonElement element) => element.GetDouble() is var number && number >= 0 ? number : throw new FormatException();
}
