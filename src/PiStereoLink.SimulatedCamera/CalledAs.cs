namespace PiStereoLink.SimulatedCamera;

/// <summary>Under which camera program's name this program was called, and with which options.</summary>
internal static class CalledAs
{
    private static readonly string[] Families = ["rpicam-", "libcamera-", "raspi"];

    /// <summary>The name of the link it was called through, else its first argument; empty without either.</summary>
    public static (string Program, string[] Options) From(string[] args)
    {
        // .NET reports the assembly as argv[0]; only the kernel still knows the link.
        var link = Path.GetFileName(File.ReadAllText("/proc/self/cmdline").Split('\0')[0]);
        if (Families.Any(family => link.StartsWith(family, StringComparison.Ordinal)))
            return (link, args);
        return args.Length == 0 ? ("", args) : (args[0], args[1..]);
    }
}
