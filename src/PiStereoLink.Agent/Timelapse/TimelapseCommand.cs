using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace PiStereoLink.Agent;

/// <summary><c>agent timelapse</c>: pictures at whole intervals, to files.</summary>
internal static class TimelapseCommand
{
    private const string Help = """
        Take a picture at whole intervals, until stopped.

        Example: every hour on the hour, by day, the newest thousand
          agent timelapse -o garden/{timestamp:%Y-%m-%d-%H-%M}.jpg --interval 3600 --aligned --between 07:00-20:00 --keep 1000
        Example: 300 pictures that are all exposed alike, and a video of them
          agent timelapse -o clouds/%04d.jpg --interval 5 --frames 300 --consistent --assemble clouds.mp4

        The grid does not drift: neither the time that a picture takes nor a correction of the clock moves it. No file is overwritten.
        """;

    public static Command Create()
    {
        var command = new Command("timelapse", Help);
        foreach (var option in TimelapseOptions.All)
            command.Options.Add(option);
        command.SetAction((parsed, _) => CommandLine.RunOnceAsync(stopping => RunAsync(parsed, stopping), "Stopped before the first picture."));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stopping)
    {
        var options = TimelapseOptions.Read(parsed, AgentFeature.Configuration());
        var timelapse = new Timelapse(options, TimeProvider.System, Console.Error.WriteLine);
        var running = timelapse.RunAsync(stopping);
        await ShowAsync(timelapse.Count, running);
        await running;
        // The signal that ended the pictures does not end the video: it is what they were taken for.
        if (options.Video is not null && !await TimelapseVideo.MakeAsync(options))
            return CommandLine.Failed;
        Console.Out.WriteLine(options.Json ? JsonSerializer.Serialize(timelapse.Count, TimelapseJson.Default.TimelapseCount) : Describe(timelapse.Count));
        return timelapse.Count is { Taken: 0, Failed: > 0 } ? CommandLine.Failed : CommandLine.Done;
    }

    /// <summary>One line that is written over once a second, on a terminal only.</summary>
    private static async Task ShowAsync(TimelapseCount count, Task running)
    {
        if (Console.IsErrorRedirected)
            return;
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (!running.IsCompleted && await pace.WaitForNextTickAsync())
            Console.Error.Write($"\r{Describe(count)}  ");
        Console.Error.WriteLine();
    }

    private static string Describe(TimelapseCount count)
    {
        var told = new List<string> { string.Create(CultureInfo.InvariantCulture, $"{count.Taken} pictures") };
        Tell(count.Late, "late");
        Tell(count.Skipped, "skipped");
        Tell(count.Outside, "outside the hours");
        Tell(count.NoRoom, "without room");
        Tell(count.Failed, "failed");
        Tell(count.Deleted, "deleted");
        return string.Join(", ", told);

        void Tell(long number, string what)
        {
            if (number > 0)
                told.Add(string.Create(CultureInfo.InvariantCulture, $"{number} {what}"));
        }
    }
}
