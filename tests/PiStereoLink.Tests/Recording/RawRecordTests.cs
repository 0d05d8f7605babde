using System.Text.Json;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Recording;

/// <summary>What <c>agent record</c> asks camera programs for when nothing is to be compressed, and what it makes of known bytes from them.</summary>
public class RawRecordTests
{
    // 320x240 in 384x240 of rpicam-vid on what is no Pi, in 320x240 of raspividyuv.
    private const int PaddedBytes = 384 * 240 * 3 / 2, PlainBytes = 320 * 240 * 3 / 2;

    private const string Played = FilmFolder.EndsInOrder + "cat \"$here/film\"\n";

    private static readonly string UntilStopped = CameraFolder.Write("called", "$arguments") + FilmFolder.UntilStopped;

    private static string[] Record(string output, params string[] more) => ["record", "-o", output, "--width", "320", "--height", "240", "--min-free", "1", .. more];

    private static byte[] Film(CameraFolder folder, int bytes)
    {
        var film = new byte[bytes];
        new Random(1).NextBytes(film);
        File.WriteAllBytes(Path.Combine(folder.Root, "film"), film);
        return film;
    }

    [Theory]
    [InlineData("rpicam-vid", "a.yuv", "", "-t 0 -n --codec yuv420 --width 320 --height 240 --framerate 30 --flush -o - --camera 0 --metadata")]
    [InlineData("libcamera-vid", "a.yuv420", "--framerate 12.5 --hflip", "-t 0 -n --codec yuv420 --width 320 --height 240 --framerate 12.5 --flush -o - --camera 0 --metadata")]
    [InlineData("raspividyuv", "a.yuv", "--camera 1 --vflip", "-t 0 -n -w 320 -h 240 -fps 30 -o - -cs 1 -vf")]
    [InlineData("raspividyuv", "a.rgb", "--framerate 12.4", "-t 0 -n -rgb -w 320 -h 240 -fps 12 -o - -cs 0")]
    public async Task Each_program_is_told_in_its_own_words(string program, string file, string options, string words)
    {
        using var folder = new CameraFolder();
        folder.Program(program, FilmFolder.EndsInOrder + UntilStopped);
        if (program == "raspividyuv")
            folder.Program("raspivid", "exit 1\n");
        await using var agent = AgentProcess.Start(folder.SearchPath, Record(Path.Combine(folder.Root, file), options.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.StartsWith(words, await folder.FileAsync("called"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rpicam-vid", "a.rgb", "rpicam-vid has no --encoding rgb for video: it has yuv420.")]
    [InlineData("raspivid", "a.yuv", "raspivid has no --encoding yuv420: raspividyuv has, and is not on PATH.")]
    public async Task What_no_program_here_has_is_refused(string program, string file, string sentence)
    {
        using var folder = new CameraFolder();
        folder.Program(program, CameraFolder.Forever);
        await using var agent = AgentProcess.Start(folder.SearchPath, Record(Path.Combine(folder.Root, file)));
        Assert.Equal((1, ""), await agent.EndsAsync());
        Assert.Equal(sentence, agent.Said);
    }

    [Fact]
    public async Task A_stream_on_stdout_is_the_programs_own_and_what_it_is_goes_to_the_log()
    {
        using var folder = new CameraFolder();
        File.CreateSymbolicLink(Path.Combine(folder.Root, "bash"), Tool.FindInstalled("bash"));
        var film = Film(folder, 5 * PaddedBytes);
        folder.Program("rpicam-vid", Played + UntilStopped);
        var copy = Path.Combine(folder.Root, "copy");
        await using var agent = AgentProcess.Start(folder.SearchPath,
            ["-c", $"exec > '{copy}'; exec \"$0\" \"$@\"", Programs.Path("PiStereoLink.Agent"), .. Record("-", "--encoding", "yuv420")],
            Tool.FindInstalled("bash"), ("DOTNET_EnableWriteXorExecute", "0"));
        await folder.FileAsync("called");
        agent.Signal(AgentProcess.SigInt);
        Assert.Equal(0, (await agent.EndsAsync()).ExitCode);
        Assert.Equal(film, await File.ReadAllBytesAsync(copy, TestContext.Current.CancellationToken));
        Assert.Contains("yuv420, 320x240 in 384x240: 138240 bytes a picture, 4.1 MB a second. To see it: `ffplay -f rawvideo -pixel_format yuv420p " +
            "-video_size 384x240 -color_range pc -framerate 30 -vf crop=320:240:0:0 -`.", agent.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("free room", agent.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_legacy_program_that_was_stopped_within_a_picture_leaves_whole_ones()
    {
        using var folder = new CameraFolder();
        var film = Film(folder, 3 * PlainBytes + 1000);
        folder.Program("raspivid", "exit 1\n");
        folder.Program("raspividyuv", "trap 'exit 130' INT\ncat \"$here/film\"\n" + UntilStopped);
        await using var agent = AgentProcess.Start(folder.SearchPath, Record(Path.Combine(folder.Root, "a.yuv"), "--json"));
        await folder.FileAsync("called");
        agent.Signal(AgentProcess.SigInt);
        var (exitCode, output) = await agent.EndsAsync();
        Assert.True(exitCode == 0, agent.Said);
        var told = JsonDocument.Parse(output).RootElement;
        Assert.Equal((3, 3, 320, 240), (told.GetProperty("frames").GetInt32(), told.GetProperty("keyFrames").GetInt32(), told.GetProperty("paddedWidth").GetInt32(), told.GetProperty("paddedHeight").GetInt32()));
        Assert.Equal(film[..(3 * PlainBytes)], await File.ReadAllBytesAsync(Path.Combine(folder.Root, "a.yuv"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_program_that_pads_in_another_way_is_told()
    {
        using var folder = new CameraFolder();
        Film(folder, 4 * PlainBytes);
        folder.Program("rpicam-vid", Played + UntilStopped);
        await using var agent = AgentProcess.Start(folder.SearchPath, Record(Path.Combine(folder.Root, "a.yuv")));
        await folder.FileAsync("called");
        agent.Signal(AgentProcess.SigInt);
        Assert.Equal(1, (await agent.EndsAsync()).ExitCode);
        Assert.Contains("The camera program's last 46080 bytes are no whole picture of 138240: it does not write 320x240 as 384x240", agent.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--seconds 1000000000", ", and --seconds asks for 11574.1 days: the recording will end when it is full.")]
    [InlineData("", ": the recording will end then. --seconds ends it before; --segment with --keep deletes what is old.")]
    public async Task How_long_the_free_room_lasts_is_said(string options, string words)
    {
        using var folder = new CameraFolder();
        folder.Program("rpicam-vid", FilmFolder.EndsInOrder + UntilStopped);
        await using var agent = AgentProcess.Start(folder.SearchPath, Record(Path.Combine(folder.Root, "a.yuv"), options.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        var said = await agent.SaysAsync($"The free room of {folder.Root} is enough for ");
        Assert.EndsWith(words, said, StringComparison.Ordinal);
    }
}
