using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Recording;

/// <summary>How <c>agent record</c> is asked, and how it asks the camera programs.</summary>
public class RecordUsageTests
{
    [Theory]
    [InlineData("rpicam-vid", "", "-t 0 -n --codec h264 --bitrate 17000000 --intra 30 --inline --libav-video-codec-opts bf=0 --width 320 --height 240 --framerate 30 --flush -o stdout.h264 --camera 0 --metadata")]
    [InlineData("libcamera-vid", "--bitrate 2.5M --intra 15 --profile main --hflip",
        "-t 0 -n --codec h264 --bitrate 2500000 --intra 15 --inline --profile main --libav-video-codec-opts bf=0 --width 320 --height 240 --framerate 30 --flush -o stdout.h264 --camera 0 --metadata")]
    [InlineData("raspivid", "--bitrate 800k --framerate 12.4 --profile baseline --vflip --camera 1", "-t 0 -n -cd H264 -b 800000 -g 12 -ih -pf baseline -w 320 -h 240 -fps 12 -fl -o - -cs 1 -vf")]
    public async Task Each_program_is_told_in_its_own_words(string program, string options, string words)
    {
        using var folder = await FilmFolder.MakeAsync(program: program);
        await using var agent = folder.Record(["-o", folder.Out("a.h264"), .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        await folder.PlayedAsync();
        agent.Signal(AgentProcess.SigInt);
        await agent.EndsAsync();
        var called = string.Join(' ', folder.Called.Split(' ').Select(word => word.StartsWith('/') ? Path.GetFileName(word) : word));
        Assert.StartsWith(words, called, StringComparison.Ordinal);
        Assert.Equal(folder.Bytes, await File.ReadAllBytesAsync(folder.Out("a.h264"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_program_that_knows_no_metadata_is_asked_without()
    {
        using var folder = await FilmFolder.MakeAsync(FilmFolder.EndsInOrder + "if [ -n \"$metadata\" ]; then echo \"ERROR: *** unrecognised option '--metadata' ***\" >&2; exit 255; fi\n" +
            FilmFolder.Film + CameraFolder.Write("played", "all") + FilmFolder.UntilStopped);
        await using var agent = folder.Record("-o", folder.Out("a.h264"));
        await folder.PlayedAsync();
        agent.Signal(AgentProcess.SigInt);
        Assert.Equal(0, (await agent.EndsAsync()).ExitCode);
        Assert.Equal(folder.Bytes, await File.ReadAllBytesAsync(folder.Out("a.h264"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("", "No file for the recording: give -o FILE.h264, or -o - for stdout.")]
    [InlineData("-o a.avi", "-o a.avi cannot be: its end must be .h264, .264, .yuv, .yuv420, .rgb, .mp4 or .mkv")]
    [InlineData("-o a.h264 --segment 60", "--segment makes several files, and -o a.h264 names one")]
    [InlineData("-o a.h264 --circular 60", "--circular makes several files, and -o a.h264 names one")]
    [InlineData("-o %d.h264 --segment 60 --circular 60", "--segment writes as the pictures come, --circular when asked to: leave one out.")]
    [InlineData("-o %d{x}.h264", "'%d{x}.h264' holds '{x}.h264', which is no part of a name")]
    [InlineData("-o - --segment 60", "-o - puts the stream on stdout: --segment needs a file.")]
    [InlineData("-o - --json", "-o - puts the stream on stdout: --json needs a file.")]
    [InlineData("-o a.h264 --bitrate fast", "--bitrate 'fast' is no rate from 10k to 200M bits a second")]
    [InlineData("-o a.h264 --bitrate 1G", "--bitrate '1G' is no rate")]
    [InlineData("-o a.h264 --seconds 0", "--seconds '0' is not a number of seconds from 0.1 to 1000000000.")]
    [InlineData("-o /tmp/ --circular 0", "--circular '0' is neither seconds, such as 30, nor megabytes, such as 64MB")]
    [InlineData("-o /tmp/ --circular 900000MB", "may take 900000 MB of memory, and half of this machine's is")]
    [InlineData("-o a.h264 --profile best", "--profile 'best' is not baseline, main or high.")]
    [InlineData("-o a.h264 --intra 0", "--intra 0 is no number of pictures")]
    [InlineData("-o %d.h264 --keep 0", "--keep 0 would keep nothing")]
    [InlineData("-o a.yuv", "A file of yuv420 does not say its size, so it has to be known: give --width and --height.")]
    [InlineData("-o - --encoding rgb", "A file of rgb does not say its size, so it has to be known: give --width and --height.")]
    [InlineData("-o a.yuv --width 64 --height 64 --bitrate 4M", "--bitrate is for H.264, and yuv420 is not compressed: leave it out, or record to .h264.")]
    [InlineData("-o a.yuv --width 64 --height 64 --intra 4", "--intra is for H.264, and yuv420 is not compressed: leave it out, or record to .h264.")]
    [InlineData("-o a.rgb --width 64 --height 64 --profile main", "--profile is for H.264, and rgb is not compressed: leave it out, or record to .h264.")]
    [InlineData("-o a.mp4 --encoding yuv420", "-o a.mp4 is of h264, and --encoding says yuv420: leave --encoding out, or give -o FILE.yuv.")]
    [InlineData("-o a.yuv --encoding rgb", "-o a.yuv is of yuv420, and --encoding says rgb: leave --encoding out, or give -o FILE.rgb.")]
    [InlineData("-o - --encoding nv12", "--encoding 'nv12' is not h264, yuv420 or rgb.")]
    [InlineData("-o %d.yuv --width 1920 --height 1080 --circular 1MB", "--circular 1MB is less than one picture, which has up to 3.1 MB: ask for more.")]
    [InlineData("-o %d.yuv --width 640 --height 480 --circular 900000", "--circular 900000 may take 12441600 MB of memory, and half of this machine's is")]
    [InlineData("-o a.yuv --width 64 --height 64 --camera /dev/video7", "--camera /dev/video7: a USB camera has no uncompressed video that this verb could use.")]
    [InlineData("-o a.h264 --camera /dev/video7", "--camera /dev/video7: a USB camera has no H.264 encoder that this verb could use.")]
    public async Task Wrong_usage_is_answered_with_what_is_allowed(string arguments, string sentence)
    {
        await using var agent = AgentProcess.Start("/nowhere", ["record", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((2, ""), await agent.EndsAsync());
        Assert.Contains(sentence, agent.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_without_ffmpeg_is_refused_before_anything_is_filmed()
    {
        await using var agent = AgentProcess.Start("/nowhere", ["record", "-o", "a.mp4"]);
        Assert.Equal(1, (await agent.EndsAsync()).ExitCode);
        Assert.Equal("-o a.mp4 needs ffmpeg, which is not installed: `sudo apt install ffmpeg`, or record to .h264.", agent.Said);
    }
}
