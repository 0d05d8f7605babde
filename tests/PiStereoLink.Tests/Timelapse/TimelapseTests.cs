using System.Text.Json;
using PiStereoLink.Protocol;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Timelapse;

/// <summary><c>agent timelapse</c> with the real agent and camera programs that are scripts.</summary>
public class TimelapseTests
{
    private const string Takes = """
        echo "$arguments" >> "$here/called"
        set -- $arguments
        while [ $# -gt 0 ]; do
          case "$1" in -o) output="$2" ;; esac
          shift
        done
        cat "$here/picture.jpg" > "$output"
        [ -z "$metadata" ] || cat "$here/metadata" > "$metadata"

        """;

    private const string Metadata = """
        {
            "ExposureTime": 19987,
            "AnalogueGain": 2.0,
            "DigitalGain": 1.0,
            "ColourGains": [ 1.9, 1.6 ]
        }
        """;

    private static CameraFolder Folder(string script = Takes)
    {
        var folder = new CameraFolder();
        folder.Picture("picture.jpg", Pictures.Skeleton(1920, 1080, entropyBytes: 5000));
        File.WriteAllText(Path.Combine(folder.Root, "metadata"), Metadata);
        folder.Program("rpicam-still", script);
        return folder;
    }

    private static async Task<(int ExitCode, string Output, string Said)> TimelapseAsync(CameraFolder folder, params string[] arguments)
    {
        await using var agent = AgentProcess.Start(folder.SearchPath, ["timelapse", "--node", "garden", "--settle", "0", "--min-free", "1", .. arguments]);
        var (exitCode, output) = await agent.EndsAsync();
        return (exitCode, output, agent.Said);
    }

    private static string[] Files(CameraFolder folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(folder.Root, "out"), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Path.Combine(folder.Root, "out"), file)).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task Pictures_are_whole_stamped_and_counted_and_a_second_run_goes_on()
    {
        using var folder = Folder();
        for (var run = 1; run <= 2; run++)
        {
            var (exitCode, output, said) = await TimelapseAsync(folder, "-o", Path.Combine(folder.Root, "out", "a%03d.jpg"), "--interval", "0.5", "--frames", "3", "--json");
            Assert.True(exitCode == 0, said);
            Assert.Equal(3, JsonDocument.Parse(output.Trim()).RootElement.GetProperty("taken").GetInt32());
        }
        Assert.Equal(["a001.jpg", "a002.jpg", "a003.jpg", "a004.jpg", "a005.jpg", "a006.jpg"], Files(folder));
        foreach (var file in Files(folder))
        {
            var jpeg = File.ReadAllBytes(Path.Combine(folder.Root, "out", file));
            Assert.Equal(JpegFault.None, JpegScanner.Check(jpeg).Fault);
            Assert.True(StampReader.TryRead(jpeg, out var stamp) && stamp!.Camera == new CameraName("garden", "0"));
        }
    }

    [Fact]
    public async Task Only_the_newest_are_kept_and_folders_are_made()
    {
        using var folder = Folder();
        var (exitCode, output, said) = await TimelapseAsync(folder, "-o", Path.Combine(folder.Root, "out", "{timestamp:%Y}", "%d.jpg"), "--interval", "0.5", "--frames", "4", "--keep", "2", "--json");
        Assert.True(exitCode == 0, said);
        Assert.Equal(["3.jpg", "4.jpg"], Files(folder).Select(Path.GetFileName));
        Assert.Equal(2, JsonDocument.Parse(output.Trim()).RootElement.GetProperty("deleted").GetInt32());
    }

    [Fact]
    public async Task What_the_first_picture_found_is_kept_for_the_run_when_asked_for()
    {
        using var folder = Folder();
        var (exitCode, _, said) = await TimelapseAsync(folder, "-o", Path.Combine(folder.Root, "out", "%d.jpg"), "--interval", "0.5", "--frames", "3", "--consistent");
        Assert.True(exitCode == 0, said);
        var calls = await File.ReadAllLinesAsync(Path.Combine(folder.Root, "called"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("--shutter", calls[0], StringComparison.Ordinal);
        foreach (var call in calls[1..])
        {
            Assert.Contains("--shutter 19987", call, StringComparison.Ordinal);
            Assert.Contains("--gain 2", call, StringComparison.Ordinal);
            Assert.Contains("--awbgains 1.9,1.6", call, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_camera_that_fails_costs_its_picture_and_is_said_once()
    {
        // Busy at every other call.
        using var folder = Folder("""
            n=$(cat "$here/n" 2>/dev/null || echo 0)
            echo $((n + 1)) > "$here/n"
            if [ $((n % 2)) = 1 ]; then echo "ERROR: *** failed to acquire camera /base/soc/x ***" >&2; exit 255; fi

            """ + Takes);
        var (exitCode, output, said) = await TimelapseAsync(folder, "-o", Path.Combine(folder.Root, "out", "%d.jpg"), "--interval", "0.5", "--frames", "3", "--json");
        Assert.True(exitCode == 0, said);
        var count = JsonDocument.Parse(output.Trim()).RootElement;
        Assert.Equal((3, 2), (count.GetProperty("taken").GetInt32(), count.GetProperty("failed").GetInt32()));
        Assert.Contains("Another program is using the camera", said, StringComparison.Ordinal);
        Assert.Equal(["1.jpg", "2.jpg", "3.jpg"], Files(folder));
    }

    [Theory]
    [InlineData("a.jpg", "names one file for every shot")]
    [InlineData("%d.jpg --interval 0", "--interval '0' is not a number from 0.5 to 86400.")]
    [InlineData("%d.jpg --between 7-9", "'7-9' is no part of a day")]
    public async Task Wrong_usage_is_answered_with_what_is_allowed(string arguments, string sentence)
    {
        using var folder = Folder();
        var (exitCode, _, said) = await TimelapseAsync(folder, ["-o", .. arguments.Split(' ')]);
        Assert.Equal(2, exitCode);
        Assert.Contains(sentence, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_video_is_made_of_the_pictures()
    {
        Tool.FindInstalled("ffmpeg");
        using var folder = Folder();
        folder.Picture("picture.jpg", Pictures.Real("jpeg/rgb.jpg"));
        File.CreateSymbolicLink(Path.Combine(folder.Root, "ffmpeg"), Tool.FindInstalled("ffmpeg"));
        var video = Path.Combine(folder.Root, "out.mp4");
        var (exitCode, _, said) = await TimelapseAsync(folder, "-o", Path.Combine(folder.Root, "out", "%d.jpg"), "--interval", "0.5", "--frames", "3", "--assemble", video);
        Assert.True(exitCode == 0, said);
        var probed = await Tool.RunInstalledAsync("ffprobe", "-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames,width", "-of", "csv=p=0", video);
        Assert.StartsWith("500,", probed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_ends_the_pictures_and_the_video_is_made_all_the_same()
    {
        using var folder = Folder();
        folder.Picture("picture.jpg", Pictures.Real("jpeg/rgb.jpg"));
        File.CreateSymbolicLink(Path.Combine(folder.Root, "ffmpeg"), Tool.FindInstalled("ffmpeg"));
        var video = Path.Combine(folder.Root, "out.mp4");
        await using var agent = AgentProcess.Start(folder.SearchPath,
            ["timelapse", "--settle", "0", "--min-free", "1", "-o", Path.Combine(folder.Root, "out", "%d.jpg"), "--interval", "0.5", "--assemble", video]);
        await Until.TrueAsync(() => Task.FromResult(File.Exists(Path.Combine(folder.Root, "out", "2.jpg"))));
        agent.Signal(AgentProcess.SigInt);
        var (exitCode, _) = await agent.EndsAsync();
        Assert.True(exitCode == 0 && File.Exists(video), agent.Said);
    }
}
