using System.Text;
using System.Text.Json;

namespace PiStereoLink.Protocol;

/// <summary>What an agent with a token asks, and what the receiver answers: a line of JSON each, then the connection ends (docs/trust.md).</summary>
public static class JoinLine
{
    /// <summary>Longest line in bytes, its end included.</summary>
    public const int MaxBytes = 512;

    private const string SecretField = "secret", NodeField = "node", JoinedField = "joined", RefusedField = "refused";

    /// <summary>The agent's line.</summary>
    /// <param name="secret">The token's.</param>
    /// <param name="node">What the agent is called in its stamps.</param>
    public static byte[] Request(string secret, string node) => Line(json =>
    {
        json.WriteNumber("join", 1);
        json.WriteString(SecretField, secret);
        json.WriteString(NodeField, node);
    });

    /// <summary>The receiver's line.</summary>
    /// <param name="node">The name that the agent is paired under.</param>
    /// <param name="refused">Why it is not: one of <see cref="JoinRefusal"/>; null when it is.</param>
    public static byte[] Answer(string node, string? refused) => Line(json => json.WriteString(refused is null ? JoinedField : RefusedField, refused ?? node));

    /// <summary>Reads the agent's line; false when it is none.</summary>
    public static bool TryReadRequest(string line, out string secret, out string node)
    {
        var fields = Fields(line);
        secret = fields.GetValueOrDefault(SecretField, "");
        node = fields.GetValueOrDefault(NodeField, "");
        return secret.Length > 0 && node.Length > 0;
    }

    /// <summary>Reads the receiver's line; false when it is none. <paramref name="refused"/> is null when the agent is paired now.</summary>
    public static bool TryReadAnswer(string line, out string? refused)
    {
        var fields = Fields(line);
        refused = fields.GetValueOrDefault(RefusedField);
        return refused is not null || fields.ContainsKey(JoinedField);
    }

    /// <summary>Reads a line from a stream, and not a byte behind it.</summary>
    /// <exception cref="InvalidDataException">It is too long, or the stream ends before it.</exception>
    public static async Task<string> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var line = new byte[MaxBytes];
        for (var length = 0; length < MaxBytes; length++)
        {
            if (await stream.ReadAsync(line.AsMemory(length, 1), cancellationToken) == 0)
                throw new InvalidDataException($"The other end closed the connection after {length} bytes, before the end of its line.");
            if (line[length] == '\n')
                return Encoding.UTF8.GetString(line, 0, length);
        }
        throw new InvalidDataException($"The other end's line is longer than {MaxBytes} bytes.");
    }

    private static byte[] Line(Action<Utf8JsonWriter> write)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    /// <summary>The text fields of an object; none where the line is no such thing. Numbers say nothing yet.</summary>
    private static Dictionary<string, string> Fields(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 2 });
            return json.RootElement.ValueKind != JsonValueKind.Object ? [] : json.RootElement.EnumerateObject()
                .Where(field => field.Value.ValueKind == JsonValueKind.String)
                .GroupBy(field => field.Name, StringComparer.Ordinal)
                .ToDictionary(same => same.Key, same => same.Last().Value.GetString()!, StringComparer.Ordinal);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)      // the latter: half a surrogate pair
        {
            return [];
        }
    }
}
