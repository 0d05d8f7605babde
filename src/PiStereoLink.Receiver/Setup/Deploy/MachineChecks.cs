namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>Whether the agent can run on a machine: pure, from what <c>machine.sh</c> has found.</summary>
public static class MachineChecks
{
    // https://github.com/dotnet/core/blob/main/release-notes/10.0/supported-os.md
    private static readonly Version Glibc64 = new(2, 27), Glibc32 = new(2, 35);

    /// <summary>The agent with its .NET, unpacked beside the old one and while it is being unpacked; and 100 MB that a system wants to have free.</summary>
    private const long NeededBytes = 350L << 20;

    /// <summary>Time zones cannot explain more, and nobody's clock is off by so much unless it was never set.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    private static readonly string[] Groups = ["video", "render", "gpio"];

    public static IEnumerable<Check> Of(Machine machine, DateTimeOffset now, bool anyMachine)
    {
        yield return Board(machine, anyMachine);
        yield return Processor(machine);
        yield return Glibc(machine);
        yield return machine.HasSystemd ? Check.Ok("systemd", "runs") : Check.Fail("systemd", $"{machine.Name} does not run systemd, which is to run the agent. Raspberry Pi OS does; on another system start the agent by hand, as deploy/raspberrypi/README.md shows.");
        yield return Space(machine);
        yield return Clock(machine, now);
        var missing = Groups.Except(machine.Groups).ToArray();
        yield return missing.Length == 0 ? Check.Ok("groups", "video, render and gpio are there")
            : Check.Note("groups", $"there is no group {string.Join(", ", missing)} on {machine.Name}; the service does without");
    }

    private static Check Board(Machine machine, bool anyMachine) =>
        machine.IsRaspberryPi ? Check.Ok("board", machine.Model!)
        : anyMachine ? Check.Note("board", $"{machine.Model ?? "no device tree"}: not a Raspberry Pi, and --any-machine allows it")
        : Check.Fail("board", $"{machine.Name} is not a Raspberry Pi ({machine.Model ?? $"{machine.Processor}, no device tree"}). Is it the right machine? If so, --any-machine sets the agent up there, for USB cameras and the simulated one.");

    private static Check Processor(Machine machine) => machine switch
    {
        { Rid: { } rid } => Check.Ok("processor", $"{machine.Processor}, {machine.Bits} bit ({rid})"),
        { Processor: "armv6l" } => Check.Fail("processor", $"{machine.Name} has an ARMv6 processor (armv6l: the first Pi, Zero and Zero W), and .NET does not run on it. Use a Pi 2 or newer or a Zero 2 W, or send with the plain Python recipe, which the receiver understands."),
        _ => Check.Fail("processor", $"{machine.Name} has the processor {machine.Processor} with {machine.Bits} bit, and the agent is built for aarch64, armv7l and x86_64. Use a Raspberry Pi 2 or newer."),
    };

    private static Check Glibc(Machine machine)
    {
        var needed = machine.Bits == 64 ? Glibc64 : Glibc32;
        return machine.Glibc is null ? Check.Fail("system", $"{machine.System} on {machine.Name} does not tell which glibc it has, and .NET 10 needs {needed} or newer. Raspberry Pi OS has it: a 64-bit one from 10 on, a 32-bit one from 12 (Bookworm) on.")
            : machine.Glibc < needed ? Check.Fail("system", $"{machine.System} on {machine.Name} has glibc {machine.Glibc}, and .NET 10 needs {needed} or newer on a {machine.Bits}-bit system. Write the card with a {(machine.Bits == 32 ? "64-bit Raspberry Pi OS, or a 32-bit one from 12 (Bookworm) on" : "newer Raspberry Pi OS")}.")
            : Check.Ok("system", $"{machine.System}, glibc {machine.Glibc}");
    }

    private static Check Space(Machine machine) =>
        machine.FreeBytes is not { } free ? Check.Note("space", "not known")
        : free < NeededBytes ? Check.Fail("space", $"{machine.Name} has {free >> 20} MB free under /opt, and {NeededBytes >> 20} MB are needed. Make room: sudo apt clean, sudo journalctl --vacuum-size=50M, or a larger card.")
        : Check.Ok("space", $"{free >> 20} MB free");

    private static Check Clock(Machine machine, DateTimeOffset now) =>
        machine.Clock is not { } clock ? Check.Fail("clock", $"{machine.Name} does not tell its time. Set it: sudo timedatectl set-ntp true.")
        : (clock - now).Duration() > ClockTolerance ? Check.Fail("clock", $"The clock of {machine.Name} shows {clock:yyyy-MM-dd HH:mm} UTC, and here it is {now.UtcDateTime:yyyy-MM-dd HH:mm} UTC: pictures would have wrong dates. Set it: sudo timedatectl set-ntp true, or sudo date -u -s '{now.UtcDateTime:yyyy-MM-dd HH:mm:ss}' where there is no Internet; or is this machine's clock the wrong one?")
        : Check.Ok("clock", FormattableString.Invariant($"within {Math.Ceiling((clock - now).Duration().TotalSeconds):0} s of this machine's"));
}
