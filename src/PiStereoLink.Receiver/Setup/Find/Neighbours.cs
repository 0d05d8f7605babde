using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace PiStereoLink.Receiver.Setup.Find;

/// <summary>Somebody on the same network with whom this machine has spoken.</summary>
/// <param name="Address">IPv4 or IPv6.</param>
/// <param name="Mac">The hardware address, in small letters with colons.</param>
public sealed record Neighbour(IPAddress Address, string Mac)
{
    /// <summary>The prefixes that the IEEE gave to Raspberry Pi (Trading) Ltd and its forerunner.</summary>
    private static readonly string[] Prefixes = ["b8:27:eb", "dc:a6:32", "e4:5f:01", "28:cd:c1", "d8:3a:dd", "2c:cf:67", "88:a2:9e"];

    public bool IsRaspberryPi => Prefixes.Contains(Mac[..8]);
}

/// <summary>The kernel's table of neighbours, read and not filled: nobody is asked for it.</summary>
public static partial class Neighbours
{
    private const string LinuxTable = "/proc/net/arp";

    public static async Task<IReadOnlyList<Neighbour>> ReadAsync(CancellationToken stopping)
    {
        var text = OperatingSystem.IsLinux()
            ? (File.Exists(LinuxTable) ? await File.ReadAllTextAsync(LinuxTable, stopping) : "") + await SayAsync("ip", ["neigh"], stopping)
            : await SayAsync("arp", ["-a"], stopping);
        return Parse(text);
    }

    /// <summary>
    /// Each line with an address and a hardware address: those of /proc/net/arp, of <c>ip neigh</c>, and of <c>arp -a</c> on macOS (which
    /// leaves zeros out) and on Windows (which takes hyphens).
    /// </summary>
    public static IReadOnlyList<Neighbour> Parse(string text)
    {
        var found = new List<Neighbour>();
        foreach (var line in text.Split('\n'))
            if (MacText.Match(line) is { Success: true } mac &&
                line.Split([' ', '\t', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Select(word => IPAddress.TryParse(word, out var one) && word.AsSpan().ContainsAny('.', ':') && word != mac.Value ? one : null).FirstOrDefault(one => one is not null) is { } address)
                found.Add(new Neighbour(address, string.Join(':', mac.Value.Split(':', '-').Select(part => part.PadLeft(2, '0').ToLowerInvariant()))));
        return [.. found.Where(one => one.Mac is not "00:00:00:00:00:00" and not "ff:ff:ff:ff:ff:ff").Distinct()];
    }

    /// <summary>What a program of the system prints; nothing where there is none.</summary>
    internal static async Task<string> SayAsync(string program, string[] arguments, CancellationToken stopping)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            try
            {
                var errors = process.StandardError.ReadToEndAsync(stopping);
                var text = await process.StandardOutput.ReadToEndAsync(stopping);
                await errors;
                await process.WaitForExitAsync(stopping);
                return text;
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }

    [GeneratedRegex(@"(?<![0-9a-fA-F:.-])(?:[0-9a-fA-F]{1,2}([:-]))(?:[0-9a-fA-F]{1,2}\1){4}[0-9a-fA-F]{1,2}(?![0-9a-fA-F:.-])")]
    private static partial Regex MacText { get; }
}
