namespace PiStereoLink.Agent;

/// <summary>Whether the clock can be right: the time of capture is read from it.</summary>
public static class ClockCheck
{
    /// <summary>The agent is not older than this: a Pi without a clock of its own begins at the time of its last shutdown, or in 1970.</summary>
    private const int FirstYear = 2025;

    public static Finding Look(Machine machine, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var own = machine.In("sys/class/rtc").Count > 0 ? "the board has a clock of its own" : "the board has no clock of its own";
        var found = $"{now:yyyy-MM-dd HH:mm:ss} UTC, {own}";
        const string ToDo = "`timedatectl` shows why; a Pi needs the network, or `sudo apt install systemd-timesyncd`.";
        return now.Year < FirstYear ? Finding.Fail($"{found}: that cannot be.", ToDo)
            : machine.ClockIsSet() || File.Exists(machine.At("run/systemd/timesync/synchronized")) ? Finding.Ok($"{found}, set by a time server")
            : Finding.Warning($"{found}; no time server has set it.", $"Pictures of two Pis cannot be paired like this. {ToDo}");
    }
}
