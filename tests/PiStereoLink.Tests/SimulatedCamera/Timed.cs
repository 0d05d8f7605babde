using System.Text.Json;

namespace PiStereoLink.Tests.SimulatedCamera;

/// <summary>A run long enough that two started together overlap, its frames by their time of capture.</summary>
internal static class Timed
{
    public const long PeriodNanoseconds = 20_000_000;

    // Two runs that start apart look alike only when nothing is left to settle.
    private const string Fixed = "--shutter 10000 --gain 2 --awbgains 1.62,1.87 ";

    // Three seconds: two processes on a busy machine may start a second or two apart.
    private const int Frames = 150;

    public static async Task<Dictionary<long, byte[]>> RunAsync(ScratchFolder folder, string name, string options)
    {
        var file = folder.File(name + ".json");
        var (exitCode, stdout, stderr) = await CameraProcess.RunAsync(CameraProcess.Small + Fixed + $"--frames {Frames} --metadata {file} {options}");
        Assert.True(exitCode == 0, stderr);
        using var metadata = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        return Jpegs.Split(stdout)
            .Zip(metadata.RootElement.EnumerateArray(), (frame, about) => (Time: about.GetProperty("FrameWallClock").GetInt64(), frame))
            .ToDictionary(timed => timed.Time, timed => timed.frame);
    }
}
