using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>Which LED: what stands after <c>--led</c>.</summary>
public abstract record LedSpec
{
    public const string Allowed = "auto|none|gpio:CHIP:LINE[:active-low]|sysfs:NAME|expander|config-txt";

    private LedSpec()
    {
    }

    /// <summary>The camera's, wherever this board has it.</summary>
    public sealed record Auto : LedSpec;

    public sealed record None : LedSpec;

    /// <summary>A GPIO line.</summary>
    /// <param name="Chip">Number, name or label.</param>
    /// <param name="Line">The line's number on the chip.</param>
    /// <param name="ActiveLow">The LED is lit when the line is low.</param>
    public sealed record Gpio(string Chip, int Line, bool ActiveLow = false) : LedSpec;

    /// <summary>An LED that the kernel knows by name.</summary>
    public sealed record Sysfs(string Name) : LedSpec;

    /// <summary>The Pi 3's, by hand.</summary>
    public sealed record Expander : LedSpec;

    public sealed record ConfigTxt : LedSpec;

    public static LedSpec? Parse(string? text) => text?.Split(':') switch
    {
        ["auto"] => new Auto(),
        ["none"] => new None(),
        ["expander"] => new Expander(),
        ["config-txt"] => new ConfigTxt(),
        ["sysfs", .. var name] => IsName(string.Join(':', name)) ? new Sysfs(string.Join(':', name)) : null,    // input3::capslock
        ["gpio", var chip, var line] => AtLine(chip, line, activeLow: false),
        ["gpio", var chip, var line, "active-low"] => AtLine(chip, line, activeLow: true),
        _ => null,
    };

    private static Gpio? AtLine(string chip, string line, bool activeLow) =>
        IsName(chip) && int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new(chip, number, activeLow) : null;

    private static bool IsName(string text) => text.Length > 0 && text[0] != '.' && !text.Contains('/', StringComparison.Ordinal);
}
