namespace PiStereoLink.Tests.LinkFaults;

/// <summary>
/// Two network namespaces with a third between them that carries packets, or silently does not: neither end sees its own interface
/// go, and no router says that there is no way.
/// </summary>
internal sealed class Namespaces : IDisposable
{
    public const string DeskAddress = "10.77.2.2";

    private const string PiAddress = "10.77.1.2";

    private readonly string router;

    public Namespaces()
    {
        var name = $"psl{Random.Shared.Next(0x10000):x4}";
        (Pi, router, Desk) = ($"{name}pi", $"{name}way", $"{name}desk");
        foreach (var one in (string[])[Pi, router, Desk])
            Shell.Run("ip", "netns", "add", one);
        Join(Pi, PiAddress, "10.77.1.1", "to-pi");
        Join(Desk, DeskAddress, "10.77.2.1", "to-desk");
        Carry(true);
    }

    public static string? WhyNot { get; } = Shell.WhyNot("ip") ?? Try();

    public string Pi { get; }

    public string Desk { get; }

    /// <summary>Whether packets go through.</summary>
    public void Carry(bool carries) =>
        Shell.Run("ip", "netns", "exec", router, Shell.Find("sh"), "-c", $"echo {(carries ? 1 : 0)} > /proc/sys/net/ipv4/ip_forward");

    public void Dispose()
    {
        foreach (var one in (string[])[Pi, router, Desk])
            Shell.Run("ip", "netns", "del", one);
    }

    private void Join(string end, string address, string gateway, string link)
    {
        Shell.Run("ip", "-n", router, "link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", end);
        Shell.Run("ip", "-n", router, "address", "add", $"{gateway}/24", "dev", link);
        Shell.Run("ip", "-n", router, "link", "set", link, "up");
        Shell.Run("ip", "-n", end, "address", "add", $"{address}/24", "dev", "eth0");
        Shell.Run("ip", "-n", end, "link", "set", "lo", "up");
        Shell.Run("ip", "-n", end, "link", "set", "eth0", "up");
        Shell.Run("ip", "-n", end, "route", "add", "default", "via", gateway);
    }

    private static string? Try()
    {
        try
        {
            using var all = new Namespaces();
            return null;
        }
        catch (InvalidOperationException e)
        {
            return $"no network namespace can be made here ({e.Message})";
        }
    }
}
