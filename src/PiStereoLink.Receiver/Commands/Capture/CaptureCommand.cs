using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands.Capture;

/// <summary><c>receiver capture</c>: pictures, or the pairs that a calibration needs, into a folder.</summary>
internal sealed partial class CaptureCommand : Command
{
    private readonly Argument<string?> source = new("SOURCE") { Description = "elp:A,B, sbs:A, ps4:A, replay:DIR or sim:; or of a running receiver rig:NAME, pi:NODE/CAMERA.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> output = new("--out") { Description = "The folder to write to: left/000000.jpg and right/000000.jpg.", HelpName = "DIR", Required = true };
    private readonly Option<string?> board = new("--board") { Description = "Keep pairs in which both eyes show a board of so many inner corners, when it is still and its place is new.", HelpName = "COLUMNSxROWS" };
    private readonly Option<string> square = new("--square") { Description = "The side of a square, with its unit.", HelpName = "LENGTH", DefaultValueFactory = _ => "25mm" };
    private readonly Option<int?> pairs = new("--pairs") { Description = "End after so many. [default: with a board, when everything is covered, or 40]", HelpName = "N" };
    private readonly Option<double?> every = new("--every") { Description = "Keep one every so many seconds, whatever it adds.", HelpName = "SECONDS" };
    private readonly Option<string> from = new("--from") { Description = "The pages of the receiver; with the key that its log shows: http://HOST:8080/?key=...", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:8080" };
    private readonly Option<string?> rig = new("--rig") { Description = "The same as rig:NAME.", HelpName = "NAME" };
    private readonly Option<bool> window = new("--window") { Description = "Show the corners found and what is covered in a window, with the same keys." };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };

    public CaptureCommand()
        : base("capture", """
            Keep pictures of a rig, or the pairs of chessboard pictures that a calibration needs. DIR/preview.jpg shows what the cameras see.
            On a terminal, or in the window of --window: space keeps the next pair that shows the board, q ends.

            Example:
              receiver capture elp:/dev/video0,/dev/video2 --board 9x6 --out boards
              receiver capture rig:garden --board 9x6 --out boards
              receiver calibrate --left 'boards/left/*.jpg' --right 'boards/right/*.jpg' --board 9x6 --square 25mm --out rig.npz
            """)
    {
        Arguments.Add(source);
        Options.Add(output);
        Options.Add(board);
        Options.Add(square);
        Options.Add(pairs);
        Options.Add(every);
        Options.Add(from);
        Options.Add(rig);
        Options.Add(window);
        Options.Add(json);
        SetAction(CaptureAsync);
    }

    private async Task<int> CaptureAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new CaptureOptions(parsed.GetValue(output)!,
            parsed.GetValue(board) is { } corners ? BoardText.Parse(corners, parsed.GetValue(square)!) : null,
            parsed.GetValue(pairs) is { } count ? Positive("--pairs", count) : null,
            parsed.GetValue(every) is { } seconds ? TimeSpan.FromSeconds(Positive("--every", seconds)) : null);
        var from = CaptureSource.Parse(Source(parsed), parsed.GetValue(this.from)!);
        var terminal = new CaptureTerminal();
        using var shown = parsed.GetValue(window) ? Open(options) : null;
        var run = new CaptureRun(from, options, terminal, TimeProvider.System, shown);
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var capture = Task.Run(() => run.RunAsync(interrupted.Token), CancellationToken.None);
        shown?.Run(capture, terminal.AskForOne, interrupted.Cancel);
        await capture;
        return Report(run, options, parsed.GetValue(json));

        // Whatever is being written is finished first.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interrupted.Cancel();
        }
    }

    /// <summary>Without a display it goes on without a window: the preview and the terminal say the same.</summary>
    private static CaptureWindow? Open(CaptureOptions options)
    {
        if (options.Board is null)
            throw new FormatException("--window shows how the board is found: give --board 9x6 too. receiver view shows pictures without a board.");
        try
        {
            return new CaptureWindow();
        }
        catch (IOException e)
        {
            Console.Error.WriteLine($"{e.Message} {Path.Combine(options.Folder, "preview.jpg")} shows the same.");
            return null;
        }
    }

    private static int Report(CaptureRun run, CaptureOptions options, bool json)
    {
        var covered = run.Progress is { } progress
            ? $" Coverage: {CaptureTerminal.Describe(progress)}.{(CaptureTerminal.Next(progress) is { Length: > 0 } next ? $" To cover more, {next}." : "")}"
            : "";
        Console.Error.WriteLine($"{run.Kept} kept of {run.Seen} seen, in {options.Folder}.{covered}");
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(new Captured(options.Folder, run.Seen, run.Kept,
                run.Progress is { } shares ? new Covered(shares.X, shares.Y, shares.Size, shares.Skew) : null,
                run.Progress is null ? null : new PassedOver(run.Passed(PairVerdict.NotFound), run.Passed(PairVerdict.Moving), run.Passed(PairVerdict.Known), run.Passed(PairVerdict.Turned), run.Unreadable)), CapturedJson.Default.Captured));
        if (run.Kept > 0)
            return 0;
        Console.Error.WriteLine(run.Seen == 0 ? "No picture came. Do the cameras send (receiver's /api/status)?" : "Nothing was kept: see what the pictures lack in the coverage above, or keep them without --board.");
        return 1;
    }

    private string Source(ParseResult parsed) => (parsed.GetValue(source), parsed.GetValue(rig)) switch
    {
        ({ } given, null) => given,
        (null, { } name) => $"rig:{name}",
        (null, null) => throw new FormatException("Where from? Give a source: receiver capture elp:/dev/video0,/dev/video2 --out DIR, rig:NAME, or replay:DIR."),
        _ => throw new FormatException("Give a source or --rig, not both."),
    };

    private static T Positive<T>(string option, T value) where T : System.Numerics.INumber<T> =>
        value > T.Zero ? value : throw new FormatException($"{option} is {value}; it must be above 0.");

    private sealed record Captured(string Folder, long Seen, int Kept, Covered? Coverage, PassedOver? PassedOver);

    private sealed record Covered(double X, double Y, double Size, double Skew);

    private sealed record PassedOver(long NotFound, long Moving, long Known, long Turned, long Unreadable);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Captured))]
    private sealed partial class CapturedJson : JsonSerializerContext;
}
