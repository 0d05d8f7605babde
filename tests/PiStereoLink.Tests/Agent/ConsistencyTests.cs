using System.Runtime.InteropServices;
using OpenCvSharp;

namespace PiStereoLink.Tests.Agent;

/// <summary>Pictures that are exposed alike, with a camera whose automatic exposure and white balance stray as a real one's do.</summary>
public class ConsistencyTests
{
    private const int Count = 20;

    [Fact]
    public async Task Twenty_pictures_vary_by_less_than_a_hundredth_once_frozen_and_by_more_if_not()
    {
        var free = await BrightnessAsync();
        var frozen = await BrightnessAsync("--consistent");
        Assert.True(Spread(free) > 0.05, $"nothing strayed: {string.Join(' ', free)}");
        Assert.True(Spread(frozen) < 0.01, string.Join(' ', frozen));
    }

    [Fact]
    public async Task A_second_camera_with_the_first_one_s_file_is_as_steady()
    {
        using var folder = new CameraFolder();
        var light = Path.Combine(folder.Root, "light.json");
        await RunAsync(folder, "capture", "--freeze", light, "--camera", "sim:left", "--settle", "600");
        var frozen = await BrightnessAsync("--frozen", light, "--camera", "sim:right");
        Assert.True(Spread(frozen) < 0.01, string.Join(' ', frozen));
    }

    private static double Spread(double[] brightness) => (brightness.Max() - brightness.Min()) / brightness.Average();

    /// <summary>The mean brightness of each picture of a timelapse, in its top quarter: the ball, which is another colour than the wall, never bounces so high.</summary>
    private static async Task<double[]> BrightnessAsync(params string[] arguments)
    {
        using var folder = new CameraFolder();
        await RunAsync(folder, "timelapse", ["-o", Path.Combine(folder.Root, "%02d.jpg"), "--interval", "0.5", "--frames", $"{Count}", "--settle", "0", "--min-free", "1",
            .. arguments.Contains("--camera") ? arguments : ["--camera", "sim:left", .. arguments]]);
        var files = Directory.GetFiles(folder.Root, "*.jpg");
        Assert.Equal(Count, files.Length);
        return Array.ConvertAll(files, file =>
        {
            using var grey = Cv2.ImDecode(File.ReadAllBytes(file), ImreadModes.Grayscale);
            var pixels = new byte[grey.Rows / 4 * grey.Cols];
            Marshal.Copy(grey.Data, pixels, 0, pixels.Length);
            return pixels.Average(count => count);
        });
    }

    private static async Task RunAsync(CameraFolder folder, string verb, params string[] arguments)
    {
        await using var agent = AgentProcess.Start(folder.SearchPath, [verb, "--width", "160", "--height", "120", "--quality", "95", .. arguments], executable: null,
            ("PISTEREOLINK_SIMULATED_CAMERA", Programs.Path("PiStereoLink.SimulatedCamera")), ("PISTEREOLINK_SIM_WANDER", "12"));
        var (exitCode, _) = await agent.EndsAsync();
        Assert.True(exitCode == 0, agent.Said);
    }
}
