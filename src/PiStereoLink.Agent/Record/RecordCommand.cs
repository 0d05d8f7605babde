using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace PiStereoLink.Agent;

/// <summary><c>agent record</c>: video to files.</summary>
internal static class RecordCommand
{
    private const string Help = """
        Record video as H.264, or uncompressed, until stopped.

        Example: ten seconds of 1080p at 30 pictures a second
          agent record -o garden.h264 --seconds 10
        Example: files of five minutes that begin at a key picture, the newest hundred
          agent record -o door/{timestamp:%Y-%m-%d-%H-%M-%S}.mp4 --segment 300 --keep 100
        Example: the last half minute in memory; `kill -USR1 PID` writes it to a file and the recording goes on
          agent record -o nest/ --circular 30 --bitrate 8M
        Example: to another program
          agent record -o - | ffplay -f h264 -
        Example: uncompressed, and how to see it
          agent record -o ball.yuv --width 640 --height 480 --seconds 10
          ffplay -f rawvideo -pixel_format yuv420p -video_size 640x480 -color_range pc -framerate 30 ball.yuv

        A file has its name when it is complete, and none is overwritten. Until then it is .NAME.part, which plays as well.
        A camera that fails is started again if there is --segment or --circular, and its next pictures go to another file; else the recording
        ends. A full disk ends it too. What was recorded until then is kept.
        --circular takes as much memory as the bit rate makes, at most twice that; while it is written, that much again.
        What is not compressed (.yuv, .rgb) is 14 MB a second at 640x480. Programs pad its pictures to sizes of their own: those are said at the
        start, with the ffplay that fits, and by --json as paddedWidth and paddedHeight.
        """;

    public static Command Create()
    {
        var command = new Command("record", Help);
        foreach (var option in RecordOptions.All)
            command.Options.Add(option);
        command.SetAction((parsed, _) => CommandLine.RunOnceAsync(stopping => RunAsync(parsed, stopping), "Stopped before the first picture."));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stopping)
    {
        var options = RecordOptions.Read(parsed, AgentFeature.Configuration());
        var recorder = new Recorder(options, TimeProvider.System, Console.Error.WriteLine);
        var running = recorder.RunAsync(stopping);
        await ShowAsync(recorder.Count, running);
        var failure = await running;
        if (recorder.Count.Frames == 0)
            return CommandLine.Say(CommandLine.Failed, failure ?? "Stopped before the first picture.");
        if (failure is not null)
            Console.Error.WriteLine($"{failure} The recording has ended; what came before is kept.");
        if (options.Json)
            Console.Out.WriteLine(JsonSerializer.Serialize(recorder.Count, RecordJson.Default.RecordCount));
        else if (!options.Target.IsStdout)
            Console.Out.WriteLine(Describe(recorder.Count));
        return failure is null && recorder.Count.Unconverted == 0 ? CommandLine.Done : CommandLine.Failed;
    }

    /// <summary>One line that is written over once a second, on a terminal only.</summary>
    private static async Task ShowAsync(RecordCount count, Task running)
    {
        if (Console.IsErrorRedirected)
            return;
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (!running.IsCompleted && await pace.WaitForNextTickAsync())
            Console.Error.Write($"\r{Describe(count)}  ");
        Console.Error.WriteLine();
    }

    private static string Describe(RecordCount count)
    {
        var told = new List<string> { string.Create(CultureInfo.InvariantCulture, $@"{TimeSpan.FromSeconds(count.Seconds):hh\:mm\:ss}, {count.Frames} pictures, {count.Framerate:0.0} a second, {count.Bytes / 1e6:0.0} MB, {count.Bitrate / 1e6:0.0} Mbit/s") };
        if (count.Geometry is { } raw)
            told.Add($"{raw.Encoding}, {raw.Width}x{raw.Height} in {raw.PaddedWidth}x{raw.PaddedHeight}");
        Tell(count.Files, "files");
        Tell(count.Deleted, "deleted");
        Tell(count.Restarts, "restarts");
        if (count.Last is not null)
            told.Add($"last {count.Last}");
        return string.Join(", ", told);

        void Tell(long number, string what)
        {
            if (number > 0)
                told.Add(string.Create(CultureInfo.InvariantCulture, $"{number} {what}"));
        }
    }
}
