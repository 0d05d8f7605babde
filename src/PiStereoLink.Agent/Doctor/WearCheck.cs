using System.Globalization;
using System.Text.Json;

namespace PiStereoLink.Agent;

/// <summary>How the spool writes to the card, by the agent's settings.</summary>
/// <param name="Mode">When frames go to disk.</param>
/// <param name="FramesPerDay">Of all cameras together.</param>
/// <param name="FrameBytes">A usual one.</param>
public sealed record SpoolPlan(SpoolMode Mode, double FramesPerDay, double FrameBytes)
{
    /// <summary>Bytes of a pixel: 2 MB for the 12 megapixels of a still are 0.17; the simulated camera's film, 640x480 in quality 50, has 44 kB a picture.</summary>
    private const double OfStill = 0.17, OfVideo = 0.14;

    /// <summary>Without a size, a still has the sensor's: the largest of the usual ones.</summary>
    private const double StillPixels = 4608 * 2592;

    private const double SecondsPerDay = 86400;

    public static SpoolPlan Of(AgentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (pictures, still) = (options.Pictures, options.Mode == AgentOptions.TimelapseMode);
        var pixels = pictures is { Width: { } width, Height: { } height } ? (double)width * height : StillPixels;
        return new(options.SpoolMode, Math.Max(1, options.Cameras.Count) * SecondsPerDay * (still ? 1 / options.Interval : pictures.Framerate), pixels * (still ? OfStill : OfVideo));
    }
}

/// <summary>How long the card under the spool lasts, by what the agent has written or would write.</summary>
public static class WearCheck
{
    /// <summary>Beside its bytes a frame costs the file system's journal and folders so much: measured on ext4, written, synced, renamed and deleted 300 times.</summary>
    private const double FileSystemBytes = 14_000;

    /// <summary>
    /// Makers of ordinary cards promise nothing. The weakest that are sold for dash cams bear 900 times their size (SanDisk High Endurance,
    /// 128 GB: 10,000 hours at 26 Mbit/s by its data sheet); an ordinary one is taken for a third of that.
    /// </summary>
    private const double Fillings = 300;

    /// <summary>A rate that was measured for less is none.</summary>
    private const double LeastSeconds = 600;

    private const double SecondsPerDay = 86400, DaysPerYear = 365, YearsEnough = 5, YearsLittle = 1;

    /// <param name="state">The state folder.</param>
    /// <param name="plan">What the settings make of it.</param>
    /// <param name="size">Bytes of the file system that a folder is on.</param>
    public static Finding Look(string state, SpoolPlan plan, Func<string, long> size)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(size);
        var there = state;
        while (!Directory.Exists(there))
            there = Path.GetDirectoryName(there)!;
        var endurance = size(there) * Fillings;
        var (perDay, basis, atMost) = Measured(state) ?? Planned(plan);
        var years = endurance / perDay / DaysPerYear;
        var found = string.Create(CultureInfo.InvariantCulture, $"{perDay / 1e9:0.00} GB a day for the spool, {basis}");
        var lasts = string.Create(CultureInfo.InvariantCulture,
            $"{(years > 100 ? "over 100" : $"{years:0.0}")} years if the card bears {endurance / 1e12:0.0} TB, {Fillings} times its size");
        const string ToDo = "Fewer or smaller pictures, --spool auto, or --state DIR on an SSD; a card sold for dash cams bears three times as much and more.";
        return perDay == 0 ? Finding.Ok($"Nothing is written for the spool, {basis}")
            : atMost ? Finding.Ok($"At most {found}: {lasts}")
            : years >= YearsEnough ? Finding.Ok($"{found}: {lasts}")
            : years >= YearsLittle ? Finding.Warning($"{found}: {lasts}", ToDo)
            : Finding.Warning($"{found}: less than a year, {lasts}", ToDo);
    }

    private static (double PerDay, string Basis, bool AtMost)? Measured(string state)
    {
        try
        {
            using var status = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(state, StatusReport.FileName)));
            var root = status.RootElement;
            var seconds = root.GetProperty("uptimeSeconds").GetDouble();
            var bytes = root.GetProperty("spoolBytesWritten").GetDouble() + root.GetProperty("spoolFilesWritten").GetDouble() * FileSystemBytes;
            return seconds < LeastSeconds ? null
                : (bytes / seconds * SecondsPerDay, string.Create(CultureInfo.InvariantCulture, $"as in the {seconds / 3600:0.0} h of the agent's last run"), false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;        // it has not run here yet, or another version of it has
        }
    }

    private static (double PerDay, string Basis, bool AtMost) Planned(SpoolPlan plan)
    {
        var perDay = plan.FramesPerDay * (plan.FrameBytes + FileSystemBytes);
        var frames = string.Create(CultureInfo.InvariantCulture, $"{plan.FramesPerDay:0} pictures of some {plan.FrameBytes / 1000:0} kB a day by the settings");
        return plan.Mode switch
        {
            SpoolMode.Off => (0, "--spool off", false),
            SpoolMode.Always => (perDay, $"reckoned: {frames}", false),
            _ => (perDay, $"were the link down all the time: {frames}", true),
        };
    }
}
