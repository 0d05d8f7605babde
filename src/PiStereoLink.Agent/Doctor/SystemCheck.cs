using System.Runtime.InteropServices;

namespace PiStereoLink.Agent;

/// <summary>Which system.</summary>
public static class SystemCheck
{
    public static Finding Look(Machine machine)
    {
        var name = machine.Lines("etc/os-release").FirstOrDefault(line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))?["PRETTY_NAME=".Length..].Trim('"');
        var found = $"{name ?? RuntimeInformation.OSDescription}, kernel {machine.Read("proc/sys/kernel/osrelease") ?? "not known"}, "
            + $"agent for {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()} ({8 * IntPtr.Size} bit)";
        return Finding.Ok(found);
    }
}
