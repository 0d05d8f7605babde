using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Faults;

/// <summary>The processes of one test: what they inherited names its folder.</summary>
internal static class Family
{
    /// <summary>Their ids and names; those of programs that have ended and wait to be reaped are among them.</summary>
    public static IReadOnlyList<string> Of(CameraFolder folder) =>
        [.. Directory.EnumerateDirectories("/proc").Where(path => IsOf(folder, path)).Select(path => $"{Path.GetFileName(path)} {Read(path, "comm").Trim()}")];

    private static bool IsOf(CameraFolder folder, string process) => Read(process, "environ").Contains(folder.Root, StringComparison.Ordinal);

    private static string Read(string process, string file)
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(process)[0]) ? File.ReadAllText(Path.Combine(process, file)) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";      // gone since, or somebody else's
        }
    }
}
