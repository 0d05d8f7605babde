using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PiStereoLink.Agent;

/// <summary>What <c>agent led</c> found or did.</summary>
/// <param name="Board">The board's name.</param>
/// <param name="Possible">Whether this LED can be switched here.</param>
/// <param name="Place">Where it is; null where there is none.</param>
/// <param name="State">How it is now.</param>
/// <param name="Message">The same for a reader.</param>
internal sealed record LedReport(string Board, bool Possible, string? Place, LedState State, string Message)
{
    public static LedReport Of(Board board, ILed led)
    {
        var state = led.State;
        var sentence = state switch
        {
            LedState.On => $"The LED is on: {led.Place}.",
            LedState.Off => $"The LED is off: {led.Place}.",
            LedState.Auto => $"The LED is left to the system: {led.Place}.",
            _ => "No LED is chosen.",
        };
        return new(board.Name, true, led.Place, state, $"{sentence} {led.Note}".TrimEnd());
    }

    public string ToJson()
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("board"u8, Board);
            json.WriteBoolean("possible"u8, Possible);
            json.WriteString("led"u8, Place);
            json.WriteString("state"u8, Possible ? State.ToString().ToLowerInvariant() : "unknown");
            json.WriteString("message"u8, Message);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
