using System.Globalization;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>The machine at the other end, as its user sees it.</summary>
public sealed class Machine(Facts facts)
{
    public string Name => facts.Of("name") ?? "this machine";

    /// <summary>As the device tree calls the board; null where there is none.</summary>
    public string? Model => facts.Of("model");

    public bool IsRaspberryPi => Model?.Contains("Raspberry Pi", StringComparison.Ordinal) == true;

    /// <summary>As the kernel calls the processor, such as <c>aarch64</c>.</summary>
    public string Processor => facts.Of("machine") ?? "?";

    /// <summary>Of its programs: a 64-bit kernel may have 32-bit ones.</summary>
    public int Bits => facts.Number("bits") == 32 ? 32 : 64;

    /// <summary>.NET's name for it; null for one that .NET does not run on.</summary>
    public string? Rid => (Processor, Bits) switch
    {
        ("aarch64", 64) => "linux-arm64",
        ("aarch64" or "armv7l" or "armv8l", 32) => "linux-arm",
        ("x86_64", 64) => "linux-x64",
        _ => null,
    };

    public Version? Glibc => Version.TryParse(facts.Of("glibc"), out var version) ? version : null;

    public string System => facts.Of("system") ?? "an unknown system";

    /// <summary>Debian's number, such as 12.</summary>
    public int? Release => int.TryParse(facts.Of("release"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What its clock shows.</summary>
    public DateTimeOffset? Clock => facts.Number("clock") is { } seconds and >= 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>Free where the agent is put, in bytes.</summary>
    public long? FreeBytes => facts.Number("free_kb") * 1024;

    public bool HasSystemd => facts.Has("systemd", "yes");

    /// <summary>Those of video, render and gpio that exist there.</summary>
    public IReadOnlyList<string> Groups => facts.All("group");

    /// <summary>A dotnet with the runtime that the agent needs; null when there is none that a service could use.</summary>
    public string? Dotnet => facts.Of("dotnet");

    /// <summary>The address that this machine came from, as seen there.</summary>
    public string? Client => facts.Of("client");

    /// <summary>Where the receiver's port could be reached from there: host and port.</summary>
    public IReadOnlyList<string> Reached => facts.All("reached");

    /// <summary>Where it could not be, and why.</summary>
    public IReadOnlyList<string> Missed => facts.All("missed");
}
