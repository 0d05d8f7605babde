namespace PiStereoLink.Tests.Recording;

/// <summary>What an independent decoder makes of a file.</summary>
internal static class Decoded
{
    /// <summary>How many pictures it has, all of which must decode from the first on without a word.</summary>
    public static async Task<int> PicturesAsync(string path)
    {
        var played = await Tool.RunInstalledAsync("ffmpeg", "-v", "error", "-i", path, "-f", "null", "-");
        Assert.Equal((0, ""), (played.ExitCode, played.Errors));
        var counted = await Tool.RunInstalledAsync("ffprobe", "-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", path);
        return int.Parse(counted.Output.Trim().TrimEnd(','), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>It begins with the parameter sets.</summary>
    public static async Task<bool> BeginsAsync(string path) =>
        (await File.ReadAllBytesAsync(path))[..5] is [0, 0, 0, 1, 0x67];
}
