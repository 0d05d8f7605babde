using System.Text;
using System.Text.Json;

namespace PiStereoLink.Agent;

/// <summary>What one camera found for the light of a place, as a file: with it any number of Pis, and any number of days, expose alike.</summary>
/// <param name="ShutterMicroseconds">Exposure time.</param>
/// <param name="Gain">Analogue and digital gain together.</param>
/// <param name="ColourGains">White balance.</param>
public sealed record FrozenExposure(double ShutterMicroseconds, double Gain, ColourGains ColourGains)
{
    /// <summary>From what a program told of a picture; null when that is not everything.</summary>
    public static FrozenExposure? From(CameraMetadata? metadata) =>
        metadata is { ExposureMicroseconds: { } shutter, AnalogueGain: { } gain, ColourGains: { } colour }
            ? new(shutter, Math.Max(1, gain * (metadata.Value.DigitalGain ?? 1)), colour)
            : null;

    /// <summary><c>{"shutter":19987,"gain":2.5,"awbgains":[1.9,1.6]}</c></summary>
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
            return new(Positive(root.GetProperty("shutter")), Positive(root.GetProperty("gain")), new(Positive(gains[0]), Positive(gains[1])));
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

    /// <summary>The same pictures, exposed and balanced as this one was.</summary>
    public PictureSettings Apply(PictureSettings pictures) =>
        pictures with { ShutterMicroseconds = ShutterMicroseconds, Gain = Gain, ColourGains = ColourGains };

    private static double Positive(JsonElement element) => element.GetDouble() is var number && number > 0 ? number : throw new FormatException();
}
