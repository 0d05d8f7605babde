using System.Buffers;

namespace PiStereoLink.Protocol;

/// <summary>Which camera a frame comes from, written <c>node/camera</c>; both parts are <c>[a-z0-9-]{1,32}</c>.</summary>
public readonly record struct CameraName(string Node, string Camera)
{
    /// <summary>What a node or camera may be called; the store makes folders of these names.</summary>
    public const string Allowed = "1 to 32 of the characters a-z, 0-9 and -";

    /// <summary>Length of the longest text form in characters.</summary>
    public const int MaxTextLength = 2 * MaxLength + 1;

    private const int MaxLength = 32;

    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public override string ToString() => $"{Node}/{Camera}";

    /// <summary>The same into <paramref name="text"/>; false when that is too short.</summary>
    public bool TryFormat(Span<char> text, out int written)
    {
        written = Node.Length + 1 + Camera.Length;
        if (written > text.Length)
        {
            written = 0;
            return false;
        }
        Node.CopyTo(text);
        text[Node.Length] = '/';
        Camera.CopyTo(text[(Node.Length + 1)..]);
        return true;
    }

    /// <summary>True when <paramref name="name"/> can stand for a node or a camera.</summary>
    public static bool IsValid(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= MaxLength && !name.ContainsAnyExcept(Characters);

    /// <summary>Reads <c>node/camera</c>; false when either part is not a valid name.</summary>
    public static bool TryParse(string text, out CameraName name)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        name = slash < 0 ? default : new CameraName(text[..slash], text[(slash + 1)..]);
        return slash >= 0 && IsValid(name.Node) && IsValid(name.Camera);
    }

    /// <summary>The nearest valid name: <c>Pi.Garden</c> becomes <c>pi-garden</c>; nothing usable becomes <c>node</c>.</summary>
    public static string Nearest(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var kept = text.Select(char.ToLowerInvariant).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').Take(MaxLength);
        var name = string.Concat(kept).Trim('-');
        return name.Length == 0 ? "node" : name;
    }
}
