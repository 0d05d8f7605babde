using System.Globalization;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands.Capture;

/// <summary>
/// What a person sees and presses: one line that changes on a terminal, a line for each kept pair elsewhere. Space keeps the next pair
/// that shows the board, q ends.
/// </summary>
internal sealed class CaptureTerminal
{
    private readonly bool changes = !Console.IsErrorRedirected, keys = !Console.IsInputRedirected;
    private string shown = "";
    private volatile bool wanted;

    public bool WantsToEnd { get; private set; }

    /// <summary>Whether space was pressed since it was last kept.</summary>
    public bool AskedForOne()
    {
        while (keys && Console.KeyAvailable)
            switch (Console.ReadKey(intercept: true).Key)
            {
                case ConsoleKey.Spacebar or ConsoleKey.Enter:
                    wanted = true;
                    break;
                case ConsoleKey.Q or ConsoleKey.Escape:
                    WantsToEnd = true;
                    break;
            }
        return wanted;
    }

    /// <summary>The same as space, from elsewhere.</summary>
    public void AskForOne() => wanted = true;

    /// <summary>The one that was asked for is there.</summary>
    public void Kept() => wanted = false;

    public void Tell(int kept, CoverageProgress progress, PairVerdict verdict, string? why)
    {
        var line = $"{kept} pairs  {Describe(progress)}  {Say(verdict, progress, why)}";
        if (changes)
            Console.Error.Write($"\r{line.PadRight(shown.Length)}");
        else if (verdict == PairVerdict.Take)
            Console.Error.WriteLine(line);
        shown = line;
    }

    /// <summary>A line of its own, beside the one that changes.</summary>
    public void Warn(string sentence) => Console.Error.WriteLine(changes && shown.Length > 0 ? $"\n{sentence}" : sentence);

    public void End()
    {
        if (changes && shown.Length > 0)
            Console.Error.WriteLine();
    }

    /// <summary>x 45 %, y 70 %, size 60 %, skew 20 %.</summary>
    public static string Describe(CoverageProgress progress) => string.Create(CultureInfo.InvariantCulture,
        $"x {100 * progress.X:0} %, y {100 * progress.Y:0} %, size {100 * progress.Size:0} %, skew {100 * progress.Skew:0} %");

    /// <summary>What is still missing, as something to do; empty where nothing is.</summary>
    public static string Next(CoverageProgress progress)
    {
        (double Share, string Do)[] ways =
        [
            (progress.X, "hold the board nearer to the left and right edges"), (progress.Y, "hold the board nearer to the upper and lower edges"),
            (progress.Size, "come closer"), (progress.Skew, "tilt the board"),
        ];
        var least = ways.MinBy(way => way.Share);
        return least.Share < 1 ? least.Do : "";
    }

    private static string Say(PairVerdict verdict, CoverageProgress progress, string? why) => verdict switch
    {
        PairVerdict.Take => $"kept; {(Next(progress) is { Length: > 0 } next ? $"now {next}" : "everything is covered")}",
        PairVerdict.Moving => "hold it still",
        PairVerdict.Known => $"seen already; {(Next(progress) is { Length: > 0 } next ? next : "any new place")}",
        PairVerdict.Turned => "the eyes see it the other way round: is one camera turned?",
        _ => why ?? "",
    };
}
