using System.Globalization;
using System.Text.Json;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>What is to be told of a still that has been taken.</summary>
internal sealed record Captured(string? File, CameraName Camera, string Encoding, long Bytes, Still Still, DateTime CapturedAt)
{
    public string ToText()
    {
        var told = new List<string> { $"{File ?? "not kept"}: {Bytes} bytes" };
        if (Still.Geometry is { } raw)
            told.Add($"{raw.Encoding}, {raw.Width}x{raw.Height} in {raw.PaddedWidth}x{raw.PaddedHeight}");
        if (Still.Metadata?.ExposureMicroseconds is { } exposure)
            told.Add(exposure < 1e6 ? $"{exposure / 1000:0.###} ms" : $"{exposure / 1e6:0.###} s");
        if (Still.Metadata?.AnalogueGain is { } gain)
            told.Add($"gain {gain * (Still.Metadata?.DigitalGain ?? 1):0.##}");
        if (Still.Metadata?.ColourGains is { } colour)
            told.Add($"white balance {colour}");
        if (Still.Metadata?.LensPosition is { } lens)
            told.Add($"lens at {lens:0.##} dioptres");
        return string.Join(", ", told);
    }

    public string ToJson()
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("file"u8, File);
            json.WriteString("encoding"u8, Encoding);
            json.WriteNumber("bytes"u8, Bytes);
            if (Still.Geometry is { } raw)
            {
                json.WriteNumber("width"u8, raw.Width);
                json.WriteNumber("height"u8, raw.Height);
                json.WriteNumber("paddedWidth"u8, raw.PaddedWidth);
                json.WriteNumber("paddedHeight"u8, raw.PaddedHeight);
            }
            json.WriteString("camera"u8, Camera.ToString());
            json.WriteString("capturedAt"u8, CapturedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("sensor"u8, Still.Sensor);
            Number(json, "exposureMicroseconds", Still.Metadata?.ExposureMicroseconds);
            Number(json, "analogueGain", Still.Metadata?.AnalogueGain);
            Number(json, "digitalGain", Still.Metadata?.DigitalGain);
            json.WriteStartArray("awbgains"u8);
            if (Still.Metadata?.ColourGains is { } colour)
            {
                json.WriteNumberValue(colour.Red);
                json.WriteNumberValue(colour.Blue);
            }
            json.WriteEndArray();
            Number(json, "lensPosition", Still.Metadata?.LensPosition);
            json.WriteNumber("tookMs"u8, Math.Round(Still.Took.TotalMilliseconds));
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
