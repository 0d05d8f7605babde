using System.Text.Json;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Recording;

/// <summary><c>agent record</c> with the real agent and a camera program that plays a known film.</summary>
public class RecordTests
{
    private const int SigUsr1 = 10;

    private static async Task<(int ExitCode, JsonElement Told, string Said)> EndAsync(AgentProcess agent)
    {
        var (exitCode, output) = await agent.EndsAsync();
        return (exitCode, output.StartsWith('{') ? JsonDocument.Parse(output.Trim().Split('\n')[^1]).RootElement : default, agent.Said);
    }

    /// <summary>Records the film to its end, then Ctrl-C.</summary>
    private static async Task<(int ExitCode, JsonElement Told, string Said)> RecordAsync(FilmFolder folder, params string[] arguments)
    {
        await using var agent = folder.Record([.. arguments, "--json"]);
        await folder.PlayedAsync();
        agent.Signal(AgentProcess.SigInt);
        return await EndAsync(agent);
    }

    private static Task<byte[]> BytesAsync(string path) => File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

    [Fact]
    public async Task One_file_is_the_stream_byte_for_byte_and_is_told_of()
    {
        using var folder = await FilmFolder.MakeAsync();
        var (exitCode, told, said) = await RecordAsync(folder, "-o", folder.Out("a.h264"), "--pts");
        Assert.True(exitCode == 0, said);
        Assert.Equal(["a.h264", "a.pts"], folder.Files());
        Assert.Equal(folder.Bytes, await BytesAsync(folder.Out("a.h264")));
        Assert.Equal((1, 100, 10, folder.Bytes.Length, 3.3, 30.0, 0), (told.GetProperty("files").GetInt32(), told.GetProperty("frames").GetInt32(), told.GetProperty("keyFrames").GetInt32(),
            told.GetProperty("bytes").GetInt32(), told.GetProperty("seconds").GetDouble(), told.GetProperty("framerate").GetDouble(), told.GetProperty("restarts").GetInt32()));

        var times = await File.ReadAllLinesAsync(folder.Out("a.pts"), TestContext.Current.CancellationToken);
        Assert.Equal(["# timecode format v2", "0.000", "33.333", "66.667"], times[..4]);
        Assert.Equal(("3300.000", 101), (times[^1], times.Length));
    }

    [Fact]
    public async Task Segments_begin_at_key_pictures_decode_alone_and_lose_nothing_between_them()
    {
        using var folder = await FilmFolder.MakeAsync();
        var (exitCode, told, said) = await RecordAsync(folder, "-o", folder.Out("{timestamp:%Y-%m-%d/%H-%M-%S}.h264"), "--segment", "1");
        Assert.True(exitCode == 0, said);
        Assert.Equal(["20", "21", "22", "23"], folder.Files().Select(file => file["2025-10-09/08-53-".Length..^".h264".Length]));
        Assert.Equal(4, told.GetProperty("files").GetInt32());
        var counts = new List<int>();
        foreach (var file in folder.Files())
        {
            Assert.True(await Decoded.BeginsAsync(folder.Out(file)));
            counts.Add(await Decoded.PicturesAsync(folder.Out(file)));
        }
        Assert.Equal([30, 30, 30, 10], counts);
        Assert.Equal(folder.Bytes, (await Task.WhenAll(folder.Files().Select(file => BytesAsync(folder.Out(file))))).SelectMany(bytes => bytes));
    }

    [Fact]
    public async Task A_second_recording_goes_on_counting_and_only_the_newest_are_kept()
    {
        using var folder = await FilmFolder.MakeAsync();
        await RecordAsync(folder, "-o", folder.Out("%02d.h264"), "--segment", "1", "--pts");
        Assert.Equal(8, folder.Files().Length);
        File.Delete(Path.Combine(folder.Root, "played"));
        var (exitCode, told, said) = await RecordAsync(folder, "-o", folder.Out("%02d.h264"), "--segment", "1", "--pts", "--keep", "3");
        Assert.True(exitCode == 0, said);
        Assert.Equal(["06.h264", "06.pts", "07.h264", "07.pts", "08.h264", "08.pts"], folder.Files());
        Assert.Equal(5, told.GetProperty("deleted").GetInt32());
    }

    [Fact]
    public async Task No_file_is_overwritten()
    {
        using var folder = await FilmFolder.MakeAsync();
        Directory.CreateDirectory(folder.Out());
        await File.WriteAllTextAsync(folder.Out("a.h264"), "mine", TestContext.Current.CancellationToken);
        var (exitCode, told, said) = await RecordAsync(folder, "-o", folder.Out("a.h264"));
        Assert.True(exitCode == 0, said);
        Assert.Equal(("mine", folder.Out("a-2.h264")), (await File.ReadAllTextAsync(folder.Out("a.h264"), TestContext.Current.CancellationToken), told.GetProperty("last").GetString()));
    }

    [Fact]
    public async Task What_is_kept_in_memory_is_written_at_a_signal_and_at_the_end()
    {
        using var folder = await FilmFolder.MakeAsync();
        await using var agent = folder.Record("-o", folder.Out() + "/", "--circular", "1", "--json");
        await folder.PlayedAsync();
        agent.Signal(SigUsr1);
        await agent.SaysAsync("e");         // that it writes, or that there is nothing yet
        agent.Signal(AgentProcess.SigTerm);
        var (exitCode, told, said) = await EndAsync(agent);
        Assert.True(exitCode == 0, said);
        Assert.Equal(100, told.GetProperty("frames").GetInt32());
        Assert.Equal(said.Contains("Writing what is kept", StringComparison.Ordinal) ? 2 : 1, folder.Files().Length);
        foreach (var file in folder.Files())
            Assert.True(await Decoded.BeginsAsync(folder.Out(file)) && await Decoded.PicturesAsync(folder.Out(file)) > 0);
        // Of a film of 3.3 s the last one, back to the key picture at 2.0 s.
        var last = await BytesAsync(told.GetProperty("last").GetString()!);
        Assert.Equal(folder.Bytes[^last.Length..], last);
        Assert.Equal(40, await Decoded.PicturesAsync(told.GetProperty("last").GetString()!));
    }

    [Fact]
    public async Task A_signal_before_there_is_anything_is_answered_and_nothing_is_lost()
    {
        using var folder = await FilmFolder.MakeAsync(FilmFolder.EndsInOrder + "echo \"[1] INFO \" >&2\n" + CameraFolder.Write("played", "nothing") + FilmFolder.UntilStopped);
        await using var agent = folder.Record("-o", folder.Out() + "/", "--circular", "5");
        await folder.PlayedAsync();
        agent.Signal(SigUsr1);
        await agent.SaysAsync("There is nothing to write yet.");
        agent.Signal(AgentProcess.SigInt);
        var (exitCode, _, said) = await EndAsync(agent);
        Assert.Equal((1, "Stopped before the first picture."), (exitCode, said.Split('\n')[^1]));
    }

    [Fact]
    public async Task A_stream_on_stdout_is_the_programs_own()
    {
        using var folder = await FilmFolder.MakeAsync();
        await using var agent = folder.RecordThrough($"exec > '{folder.Root}/copy'; ", "-o", "-");
        await folder.PlayedAsync();
        agent.Signal(AgentProcess.SigInt);
        var (exitCode, _, said) = await EndAsync(agent);
        Assert.True(exitCode == 0, said);
        Assert.Equal(folder.Bytes, await BytesAsync(Path.Combine(folder.Root, "copy")));
    }

    [Theory]
    [InlineData("mp4", "mov,mp4,m4a,3gp,3g2,mj2")]
    [InlineData("mkv", "matroska,webm")]
    public async Task A_container_holds_every_picture_at_its_rate(string extension, string format)
    {
        using var folder = await FilmFolder.MakeAsync();
        var (exitCode, _, said) = await RecordAsync(folder, "-o", folder.Out("%d." + extension), "--segment", "2");
        Assert.True(exitCode == 0, said);
        Assert.Equal(["1." + extension, "2." + extension], folder.Files());
        Assert.Equal(60, await Decoded.PicturesAsync(folder.Out("1." + extension)));
        var probed = await Tool.RunInstalledAsync("ffprobe", "-v", "error", "-show_entries", "format=format_name,duration", "-of", "csv=p=0", folder.Out("1." + extension));
        Assert.StartsWith($"\"{format}\",2.0", probed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_ffmpeg_fails_the_stream_itself_stays()
    {
        using var folder = await FilmFolder.MakeAsync();
        folder.Replace("ffmpeg", "echo no such muxer >&2\nexit 1\n");
        var (exitCode, told, said) = await RecordAsync(folder, "-o", folder.Out("a.mp4"));
        Assert.Equal((1, 1), (exitCode, told.GetProperty("unconverted").GetInt32()));
        Assert.Contains($"ffmpeg ended with 1: no such muxer. The recording stays {folder.Out("a.h264")}.", said, StringComparison.Ordinal);
        Assert.Equal(folder.Bytes, await BytesAsync(folder.Out("a.h264")));
    }
}
