using System.Buffers;
using System.Text.Json;

namespace PiStereoLink.Vision;

/// <summary>
/// A matcher's parameters as a JSON file: <c>{"matcher":"bm","minDisparity":4,"numDisparities":128,...}</c>, OpenCV's names.
/// What is left out has its default; what is not known is refused by name.
/// </summary>
public static class MatcherPreset
{
    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="InvalidDataException">It is no preset, or a value cannot be; the sentence names the file and the key.</exception>
    public static MatcherParameters Load(string path) => Read(File.ReadAllBytes(path), path);

    /// <summary>Reads and checks the bytes of a preset; <paramref name="name"/> is what errors call it.</summary>
    /// <exception cref="InvalidDataException">As for a file.</exception>
    public static MatcherParameters Read(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new ArgumentException("it holds no JSON object");
            var parameters = FromObject(document.RootElement);
            parameters.Validate();
            return parameters;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"{name} is no usable preset: {e.Message}", e);
        }
    }

    /// <summary>The bytes of a preset, every knob in it.</summary>
    public static byte[] Write(MatcherParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("matcher", parameters.Matcher);
            foreach (var knob in parameters.Knobs)
            {
                if (knob.Words is null)
                    writer.WriteNumber(knob.Name, knob.Get(parameters));
                else
                    writer.WriteString(knob.Name, knob.Text(parameters));
            }
            writer.WriteEndObject();
        }
        return [.. bytes.WrittenSpan, (byte)'\n'];
    }

    private static MatcherParameters FromObject(JsonElement preset)
    {
        if (!preset.TryGetProperty("matcher", out var matcher) || matcher.ValueKind != JsonValueKind.String)
            throw new ArgumentException($"\"matcher\" is missing; {string.Join(" or ", MatcherParameters.Matchers)} is allowed.");
        var parameters = MatcherParameters.Defaults(matcher.GetString()!);
        foreach (var entry in preset.EnumerateObject().Where(entry => entry.Name != "matcher"))
        {
            var knob = parameters.Knobs.FirstOrDefault(knob => knob.Name == entry.Name) ?? throw new ArgumentException(
                $"the matcher {parameters.Matcher} has no \"{entry.Name}\"; it has {string.Join(", ", parameters.Knobs.Select(knob => knob.Name))}.");
            var wanted = knob.Words is null ? JsonValueKind.Number : JsonValueKind.String;
            parameters = entry.Value.ValueKind == wanted
                ? knob.Read(parameters, wanted == JsonValueKind.String ? entry.Value.GetString()! : entry.Value.GetRawText())
                : throw new ArgumentException($"{entry.Name} is {entry.Value.GetRawText()}; {(knob.Words is null ? "a whole number is" : $"{string.Join(", ", knob.Words)} are")} allowed.");
        }
        return parameters;
    }
}
