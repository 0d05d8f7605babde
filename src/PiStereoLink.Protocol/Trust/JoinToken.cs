using System.Security.Cryptography;

namespace PiStereoLink.Protocol;

/// <summary>
/// One line that brings a Pi and a receiver together: <c>psl1.HOST.PIN.SECRET</c>. The agent finds the receiver by HOST (with a port if it is
/// not the usual one), knows it by PIN, and tells it SECRET only then. It can be used once, within an hour.
/// </summary>
/// <param name="Host">Name or address, perhaps with a port; it may contain dots.</param>
/// <param name="Receiver">The receiver's key.</param>
/// <param name="Secret">128 random bits, 32 hex digits.</param>
public sealed record JoinToken(string Host, Pin Receiver, string Secret)
{
    private const string Prefix = "psl1.";
    private const int SecretBytes = 16;

    /// <summary>A token with a new secret.</summary>
    public static JoinToken New(string host, Pin receiver) => new(host, receiver, RandomNumberGenerator.GetHexString(2 * SecretBytes, lowercase: true));

    /// <summary>Reads a token; false when it is none, or damaged.</summary>
    public static bool TryParse(string? text, out JoinToken? token)
    {
        token = null;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        var parts = text.Trim()[Prefix.Length..].Split('.');
        if (parts.Length < 3 || !Pin.TryParse(parts[^2], out var pin) || parts[^1].Length != 2 * SecretBytes || !parts[^1].All(char.IsAsciiHexDigitLower))
            return false;
        var host = string.Join('.', parts[..^2]);
        if (host.Length == 0 || host.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            return false;
        token = new JoinToken(host, pin, parts[^1]);
        return true;
    }

    public override string ToString() => $"{Prefix}{Host}.{Receiver}.{Secret}";
}
