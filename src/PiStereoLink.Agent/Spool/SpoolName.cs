using System.Globalization;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>What a frame's file is called: run as 8 hex digits, sequence as 20 digits, so that names sort as the frames were taken.</summary>
public readonly record struct SpoolName(uint Run, ulong Sequence) : IComparable<SpoolName>
{
    public const string Extension = ".jpg";

    private const int RunDigits = 8, SequenceDigits = 20;

    public static SpoolName Of(FrameIdentity identity) => new(identity.Run, identity.Sequence);

    /// <summary>False for a file that is not ours.</summary>
    public static bool TryParse(ReadOnlySpan<char> file, out SpoolName name)
    {
        name = default;
        if (file.Length != RunDigits + 1 + SequenceDigits + Extension.Length || file[RunDigits] != '-' || !file.EndsWith(Extension, StringComparison.Ordinal)
            || !uint.TryParse(file[..RunDigits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var run)
            || !ulong.TryParse(file.Slice(RunDigits + 1, SequenceDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
            return false;
        name = new SpoolName(run, sequence);
        return true;
    }

    public int CompareTo(SpoolName other) => (Run, Sequence).CompareTo((other.Run, other.Sequence));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Run:x8}-{Sequence:D20}{Extension}");

    public static bool operator <(SpoolName one, SpoolName other) => one.CompareTo(other) < 0;

    public static bool operator >(SpoolName one, SpoolName other) => one.CompareTo(other) > 0;

    public static bool operator <=(SpoolName one, SpoolName other) => one.CompareTo(other) <= 0;

    public static bool operator >=(SpoolName one, SpoolName other) => one.CompareTo(other) >= 0;
}
