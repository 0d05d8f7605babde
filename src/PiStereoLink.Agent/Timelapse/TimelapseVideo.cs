using System.Diagnostics;

namespace PiStereoLink.Agent;

/// <summary>A video of a timelapse's pictures, by ffmpeg.</summary>
internal static class TimelapseVideo
{
    /// <summary>Frames a second: the cinema's, so an hour of a picture every 10 s passes in 14 s.</summary>
    private const int Framerate = 25;

    /// <summary>Colour at half the size, which every player takes, wants even sides.</summary>
    private const string EvenSides = "pad=ceil(iw/2)*2:ceil(ih/2)*2";

    /// <summary>False, with a sentence on stderr, when there is no video.</summary>
    public static async Task<bool> MakeAsync(TimelapseOptions options)
    {
        var shots = options.Name.Earlier(options.Folder).Select(shot => shot.Path).ToArray();
        if (shots.Length == 0)
            return Failed("there are no pictures");
        if (Executables.Find("ffmpeg") is not { } ffmpeg)
            return Failed("ffmpeg is not installed: sudo apt install ffmpeg, then give the same -o and --frames 0 again");

        // ffmpeg's list of files takes any names; its %d pattern would want numbers without a gap.
        var list = Path.GetTempFileName();
        var part = options.Video + ".part.mp4";
        try
        {
            await File.WriteAllLinesAsync(list, shots.Select(shot => $"file '{shot.Replace("'", @"'\''", StringComparison.Ordinal)}'\nduration {1.0 / Framerate}"));
            using var process = Process.Start(new ProcessStartInfo(ffmpeg,
                ["-nostdin", "-loglevel", "error", "-y", "-f", "concat", "-safe", "0", "-i", list, "-r", $"{Framerate}", "-vf", EvenSides, "-c:v", "libx264", "-pix_fmt", "yuv420p", part])
            { RedirectStandardError = true })!;
            var said = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                return Failed($"ffmpeg ended with {process.ExitCode}: {said.Trim().Split('\n')[^1]}");
            File.Move(part, options.Video!, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(list);
            File.Delete(part);
        }

        bool Failed(string why)
        {
            Console.Error.WriteLine($"No video {options.Video}: {why}.");
            return false;
        }
    }
}
