using System.Diagnostics;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>Puts H.264 into an .mp4 or .mkv as it is, by ffmpeg: nothing is encoded again.</summary>
internal static class VideoContainer
{
    private const string Ffmpeg = "ffmpeg";

    public static bool IsInstalled => Executables.Find(Ffmpeg) is not null;

    /// <param name="stream">The H.264.</param>
    /// <param name="made">What is to be made; under this name it is whole.</param>
    /// <param name="framerate">A stream tells no times: its pictures are set at equal distances.</param>
    /// <returns>What went wrong, or null.</returns>
    public static async Task<string?> MakeAsync(string stream, string made, double framerate)
    {
        if (Executables.Find(Ffmpeg) is not { } ffmpeg)
            return $"{Ffmpeg} is no longer installed";
        var part = Path.Combine(Path.GetDirectoryName(made)!, $".{Path.GetFileName(made)}.part");
        string[] format = Path.GetExtension(made) == ".mkv" ? ["matroska"] : ["mp4", "-movflags", "+faststart"];
        try
        {
            using var process = Process.Start(new ProcessStartInfo(ffmpeg,
                ["-nostdin", "-loglevel", "error", "-y", "-f", "h264", "-r", ProgramArguments.Text(framerate), "-i", stream, "-c", "copy", "-f", .. format, part])
            { RedirectStandardError = true })!;
            var said = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                return $"{Ffmpeg} ended with {process.ExitCode}: {said.Trim().Split('\n')[^1]}";
            using (var handle = File.OpenHandle(part, FileMode.Open, FileAccess.ReadWrite))
                RandomAccess.FlushToDisk(handle);
            File.Move(part, made);
            DurableFolder.Sync(Path.GetDirectoryName(made)!);
            return null;
        }
        finally
        {
            File.Delete(part);
        }
    }
}
