using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>Which board, how much memory.</summary>
public static class BoardCheck
{
    /// <summary>The agent, a camera program and the kernel's camera buffers fit into a Zero 2's 512 MB, not into much less.</summary>
    private const long LeastMegabytes = 350;

    public static Finding Look(Machine machine)
    {
        var board = Board.Read(machine.At("proc/device-tree/model"));
        var megabytes = Megabytes(machine);
        var name = board.Name == Board.FromModel("").Name ? "no device tree" : board.Name;
        var found = $"{name}, {(megabytes is null ? "memory not known" : $"{megabytes} MB of memory")}";
        return board.Kind == BoardKind.NotAPi
            ? Finding.Warning($"{found}: not a Raspberry Pi.", "USB cameras (--camera /dev/videoN) and the simulated one (--camera sim:left) work here. For a Pi's camera, run the agent on the Pi.")
            : megabytes < LeastMegabytes
                ? Finding.Warning(found, "Leave more memory to the system: a smaller gpu_mem in config.txt, no desktop.")
                : Finding.Ok(found);
    }

    private static long? Megabytes(Machine machine) =>
        machine.Lines("proc/meminfo").FirstOrDefault(line => line.StartsWith("MemTotal:", StringComparison.Ordinal)) is { } line
        && long.TryParse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes / 1024 : null;
}
