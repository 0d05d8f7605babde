using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>Wi-Fi's signal, and its power save: with it a Pi sleeps between packets, and connections stall or drop.</summary>
public static class WifiCheck
{
    /// <summary>Below that a Pi's antenna falls back to rates that a video does not fit into.</summary>
    private const double WeakDbm = -75;

    public static async Task<Finding> LookAsync(Machine machine)
    {
        var interfaces = machine.In("sys/class/net").Where(path => Directory.Exists(Path.Combine(path, "wireless"))).Select(path => Path.GetFileName(path)).ToList();
        if (interfaces.Count == 0)
            return Finding.Ok("This machine has none.");
        var name = interfaces.Find(name => machine.Read($"sys/class/net/{name}/operstate") == "up");
        if (name is null)
            return Finding.Ok($"{interfaces[0]} is not connected.");
        var signal = Signal(machine, name);
        var found = signal is null ? $"{name}, signal not known" : string.Create(CultureInfo.InvariantCulture, $"{name}, signal {signal:0} dBm");
        var save = await machine.AskAsync("iw", "dev", name, "get", "power_save");
        return save?.EndsWith("on", StringComparison.Ordinal) == true
            ? Finding.Warning($"{found}, power save is on: connections stall or drop.",
                $"`sudo iw dev {name} set power_save off` until the next boot; for good, `sudo nmcli connection modify \"$(nmcli -g GENERAL.CONNECTION device show {name})\" wifi.powersave 2`.")
            : signal < WeakDbm ? Finding.Warning($"{found}: weak.", "Bring the Pi or the access point nearer, or take smaller pictures.")
            : save is null ? Finding.Unknown($"{found}; whether it saves power is not known.", "`sudo apt install iw`, then look again.")
            : Finding.Ok($"{found}, power save is off");
    }

    /// <summary><c> wlan0: 0000   70.  -40.  -256        0 …</c>: link quality, level in dBm, noise.</summary>
    private static double? Signal(Machine machine, string name) =>
        machine.Lines("proc/net/wireless").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).FirstOrDefault(words => words[0] == name + ":") is [_, _, _, var level, ..]
        && double.TryParse(level.TrimEnd('.'), CultureInfo.InvariantCulture, out var dbm) ? dbm : null;
}
