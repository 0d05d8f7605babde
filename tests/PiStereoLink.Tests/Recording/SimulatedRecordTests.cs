using System.Text.Json;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Recording;

/// <summary><c>agent record</c> with the simulated camera program, which films what it renders.</summary>
public class SimulatedRecordTests
{
    private static AgentProcess Record(string folder, params string[] arguments)
    {
        Tool.FindInstalled("ffmpeg");
        return AgentProcess.Start(Environment.GetEnvironmentVariable("PATH")!,
            ["record", "-o", folder, "--camera", "sim:left", "--min-free", "1", "--json", .. arguments],
            executable: null, ("PISTEREOLINK_SIMULATED_CAMERA", Programs.Path("PiStereoLink.SimulatedCamera")));
    }

    [Fact]
    public async Task Segments_of_what_was_seen_decode_alone_and_add_up()
    {
        var folder = Directory.CreateTempSubdirectory("pistereolink-record-");
        try
        {
            await using var agent = Record(Path.Combine(folder.FullName, "%d.h264"), "--width", "160", "--height", "120", "--bitrate", "1M", "--segment", "1", "--seconds", "3.5", "--pts");
            var (exitCode, output) = await agent.EndsAsync();
            Assert.True(exitCode == 0, agent.Said);
            var told = JsonDocument.Parse(output.Trim()).RootElement;
            var files = folder.GetFiles("*.h264");
            Assert.Equal(told.GetProperty("files").GetInt32(), files.Length);
            Assert.InRange(files.Length, 3, 5);
            var pictures = 0;
            foreach (var file in files)
            {
                Assert.True(await Decoded.BeginsAsync(file.FullName));
                var inFile = await Decoded.PicturesAsync(file.FullName);
                Assert.Equal(inFile + 1, (await File.ReadAllLinesAsync(Path.ChangeExtension(file.FullName, ".pts"), TestContext.Current.CancellationToken)).Length);
                pictures += inFile;
            }
            Assert.Equal(told.GetProperty("frames").GetInt32(), pictures);
            Assert.Equal(2 * files.Length, folder.GetFiles().Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task More_pictures_a_second_than_the_sensor_has_are_refused_with_its_modes()
    {
        await using var agent = Record("/nowhere/a.h264", "--framerate", "120");
        Assert.Equal((1, ""), await agent.EndsAsync());
        Assert.Equal("imx219 delivers at most 47.57 pictures a second of 1920x1080, not 120. Its modes: 640x480 at 206.65, 1640x1232 at 83.7, 1920x1080 at 47.57, " +
            "3280x2464 at 21.19. Ask for --framerate 47, or for smaller pictures.", agent.Said);
    }
}
