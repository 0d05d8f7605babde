namespace PiStereoLink.Tests.SimulatedCamera;

/// <summary>Runs the programs for stills.</summary>
internal static class Stills
{
    /// <summary>A small picture at once and alike each time: nothing is left to settle.</summary>
    public const string AtOnce = "-n --immediate --shutter 10000 --gain 2 --awbgains 1.62,1.87 ";

    public const string Small = "--width 160 --height 120 ";

    /// <summary>The red, green, blue bytes of one picture.</summary>
    public static async Task<byte[]> RgbAsync(string options)
    {
        var (exitCode, stdout, stderr) = await CameraProcess.RunAsync(options + " -e rgb -o -", named: "rpicam-still");
        Assert.True(exitCode == 0, stderr);
        return stdout;
    }

    /// <summary>The mean difference of two pictures, in counts.</summary>
    public static double Difference(IEnumerable<byte> a, IEnumerable<byte> b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Average();

    /// <summary>When each still of the left eye was taken, in milliseconds: its truth is called after it.</summary>
    public static double[] Times(ScratchFolder truth) =>
        [.. Directory.GetFiles(truth.Path, "left-*.pfm").Select(file => long.Parse(Path.GetFileNameWithoutExtension(file)[5..]) / 1000.0).Order()];
}
