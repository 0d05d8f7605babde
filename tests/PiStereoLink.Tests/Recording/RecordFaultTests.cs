using System.Text.Json;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Recording;

/// <summary>What can go wrong with a recording while it runs.</summary>
public class RecordFaultTests
{
    private static async Task<(int ExitCode, JsonElement Told, string Said)> EndAsync(AgentProcess agent)
    {
        var (exitCode, output) = await agent.EndsAsync();
        return (exitCode, output.StartsWith('{') ? JsonDocument.Parse(output.Trim().Split('\n')[^1]).RootElement : default, agent.Said);
    }

    [Fact]
    public async Task A_camera_that_fails_ends_a_single_file_which_is_kept()
    {
        using var folder = await FilmFolder.MakeAsync(FilmFolder.Film + "echo 'ERROR: *** failed to acquire camera /base/x ***' >&2\nexit 255\n");
        await using var agent = folder.Record("-o", folder.Out("a.h264"), "--json");
        var (exitCode, told, said) = await EndAsync(agent);
        Assert.Equal((1, 1), (exitCode, told.GetProperty("files").GetInt32()));
        Assert.Contains("Another program is using the camera", said, StringComparison.Ordinal);
        Assert.EndsWith("The recording has ended; what came before is kept.", said, StringComparison.Ordinal);
        // Of a program that broke off, nobody knows whether the last picture is whole.
        Assert.Equal(FilmFolder.Pictures - 1, await Decoded.PicturesAsync(folder.Out("a.h264")));
        Assert.Equal(["a.h264"], folder.Files());
    }

    [Fact]
    public async Task With_segments_the_camera_is_started_again_and_the_recording_goes_on_in_another_file()
    {
        using var folder = await FilmFolder.MakeAsync(FilmFolder.First(2, FilmFolder.Film + "exit 3"));
        await using var agent = folder.Record("-o", folder.Out("%d.h264"), "--segment", "60", "--json");
        await agent.SaysAsync("Starting it again in 1 s; the recording goes on then.");
        await agent.SaysAsync("Starting it again in 2 s; the recording goes on then.");
        await folder.PlayedAsync();
        agent.Signal(AgentProcess.SigInt);
        var (exitCode, told, said) = await EndAsync(agent);
        Assert.True(exitCode == 0, said);
        Assert.Equal((3, 298, 2), (told.GetProperty("files").GetInt32(), told.GetProperty("frames").GetInt32(), told.GetProperty("restarts").GetInt32()));
        foreach (var (file, pictures) in ((string, int)[])[("1.h264", 99), ("2.h264", 99), ("3.h264", 100)])
            Assert.Equal(pictures, await Decoded.PicturesAsync(folder.Out(file)));
        // The pauses are not filmed: 2 x 3.267 s and 3.3 s.
        Assert.Equal(9.833, told.GetProperty("seconds").GetDouble(), 0.002);
    }

    [Fact]
    public async Task A_camera_that_cannot_even_begin_is_told_at_once()
    {
        using var folder = await FilmFolder.MakeAsync("echo 'ERROR: *** no cameras available ***' >&2\nexit 255\n");
        await using var agent = folder.Record("-o", folder.Out("%d.h264"), "--segment", "60", "--json");
        var (exitCode, told, said) = await EndAsync(agent);
        Assert.Equal((1, JsonValueKind.Undefined), (exitCode, told.ValueKind));
        Assert.StartsWith("No camera was found.", said, StringComparison.Ordinal);
        Assert.Empty(folder.Files());
    }

    [Fact]
    public async Task A_camera_that_falls_silent_is_stopped_and_told()
    {
        using var folder = await FilmFolder.MakeAsync(FilmFolder.Film + CameraFolder.Forever);
        await using var agent = folder.Record("-o", folder.Out("a.h264"), "--json");
        var (exitCode, told, said) = await EndAsync(agent);
        Assert.Equal((1, 99), (exitCode, told.GetProperty("frames").GetInt32()));
        Assert.Contains("The camera stalled: no picture for 10 s, after 99; its program was stopped.", said, StringComparison.Ordinal);
        Assert.Equal(99, await Decoded.PicturesAsync(folder.Out("a.h264")));
    }

    [Fact]
    public async Task What_is_no_h264_leaves_no_file()
    {
        using var folder = await FilmFolder.MakeAsync("while true; do head -c 100000 /dev/zero | tr '\\0' 'x'; done\n");
        await using var agent = folder.Record("-o", folder.Out("a.h264"));
        var (exitCode, _, said) = await EndAsync(agent);
        Assert.Equal(1, exitCode);
        Assert.StartsWith("What the camera program delivers is no H.264", said, StringComparison.Ordinal);
        Assert.Empty(folder.Files());
    }

    [Fact]
    public async Task A_file_that_may_grow_no_further_ends_the_recording_and_whole_pictures_are_kept()
    {
        using var folder = await FilmFolder.MakeAsync();
        await using var agent = folder.RecordThrough("trap '' XFSZ; ulimit -f 100; ", "-o", folder.Out("a.h264"), "--json");
        var (exitCode, told, said) = await EndAsync(agent);
        Assert.True(exitCode == 1 && told.ValueKind == JsonValueKind.Object, said);
        Assert.Contains($"{folder.Out("a.h264")} cannot be written: it has reached the largest size that this file system has for a file. --segment makes several.", said, StringComparison.Ordinal);
        Assert.Equal(["a.h264"], folder.Files());
        Assert.InRange(new FileInfo(folder.Out("a.h264")).Length, 1, 100 * 1024);
        Assert.InRange(await Decoded.PicturesAsync(folder.Out("a.h264")), 1, FilmFolder.Pictures - 1);
    }

    [Fact]
    public async Task A_full_disk_ends_the_recording_and_whole_pictures_are_kept()
    {
        using var folder = await FilmFolder.MakeAsync();
        Directory.CreateDirectory(folder.Out());
        var mounted = await Tool.RunInstalledAsync("mount", "-t", "tmpfs", "-o", "size=200k", "none", folder.Out());
        Assert.SkipWhen(mounted.ExitCode != 0, $"a disk that can be filled needs root: {mounted.Errors.Trim()}");
        try
        {
            await using var agent = folder.Record("-o", folder.Out("%d.h264"), "--segment", "1", "--min-free", "0", "--json");
            var (exitCode, told, said) = await EndAsync(agent);
            Assert.True(exitCode == 1 && told.ValueKind == JsonValueKind.Object, said);
            Assert.Contains(" cannot be written: No space left on device", said, StringComparison.Ordinal);
            Assert.Equal(["1.h264", "2.h264"], folder.Files());
            Assert.Equal(30, await Decoded.PicturesAsync(folder.Out("1.h264")));
            Assert.InRange(await Decoded.PicturesAsync(folder.Out("2.h264")), 1, 29);
        }
        finally
        {
            await Tool.RunInstalledAsync("umount", folder.Out());
        }
    }

    [Fact]
    public async Task Too_little_room_is_told_with_what_can_be_done()
    {
        using var folder = await FilmFolder.MakeAsync();
        await using var agent = folder.Record("-o", folder.Out("a.h264"), "--min-free", "1000000000");
        var (exitCode, _, said) = await EndAsync(agent);
        Assert.Equal(1, exitCode);
        Assert.Contains($"Less than 1000000000 MB are free on {folder.Out()}: --min-free says how little may be, --keep deletes old files.", said, StringComparison.Ordinal);
        Assert.Empty(folder.Files());
    }

    [Fact]
    public async Task A_reader_of_stdout_that_goes_away_ends_the_recording()
    {
        using var folder = await FilmFolder.MakeAsync("while true; do cat \"$here/film.h264\"; done\n");
        await using var agent = folder.RecordThrough("exec > >(head -c 10000 > /dev/null); ", "-o", "-");
        var (exitCode, _, said) = await EndAsync(agent);
        Assert.Equal(1, exitCode);
        Assert.Contains("The stream cannot be written to stdout: ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_delivers_fewer_pictures_than_asked_for_is_told()
    {
        using var folder = await FilmFolder.MakeAsync(framerate: 10);
        await using var agent = folder.Record("-o", folder.Out("a.h264"));
        await folder.PlayedAsync();
        agent.Signal(AgentProcess.SigInt);
        var (exitCode, _, said) = await EndAsync(agent);
        Assert.Equal(0, exitCode);
        Assert.Contains("The camera delivered 10 pictures a second, not 30.", said, StringComparison.Ordinal);
    }
}
