using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>Whether the power supply and the cooling suffice: a camera is the first to feel a dip.</summary>
public static class PowerCheck
{
    /// <summary>A Pi slows down at 80 degrees and more so at 85.</summary>
    private const double TooHotCelsius = 80;

    /// <summary>What the firmware's bits mean now, and 16 higher since the boot.</summary>
    private static readonly (int Bit, string Means)[] Bits =
        [(0, "the voltage is too low"), (1, "the processor is held back"), (2, "the processor is throttled"), (3, "the soft temperature limit is reached")];

    public static async Task<Finding> LookAsync(Machine machine)
    {
        var text = machine.Read("sys/devices/platform/soc/soc:firmware/get_throttled") ?? (await machine.AskAsync("vcgencmd", "get_throttled"))?.Split('=')[^1];
        if (text is null || !int.TryParse(text.Replace("0x", "", StringComparison.Ordinal), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var bits))
            return Finding.Unknown("The firmware does not tell here.");
        var (now, since) = (Meanings(bits), Meanings(bits >> 16));
        return now.Length > 0 ? Finding.Fail($"Now {now}.", "Use the power supply made for this board and a short, thick cable; give it air.")
            : since.Length > 0 ? Finding.Warning($"Since the last boot: {since}.", "It is over, but comes again under load: use the power supply made for this board; give it air.")
            : Finding.Ok("No low voltage and no throttling since the last boot.");
    }

    public static Finding LookAtTemperature(Machine machine)
    {
        if (!double.TryParse(machine.Read("sys/class/thermal/thermal_zone0/temp"), CultureInfo.InvariantCulture, out var milli))
            return Finding.Unknown("There is no sensor here.");
        var found = string.Create(CultureInfo.InvariantCulture, $"{milli / 1000:0} degrees Celsius");
        return milli / 1000 >= TooHotCelsius ? Finding.Warning(found, "The processor slows down: give it a heat sink, a fan or a larger case.") : Finding.Ok(found);
    }

    private static string Meanings(int bits) => string.Join(", ", Bits.Where(bit => (bits >> bit.Bit & 1) == 1).Select(bit => bit.Means));
}
