using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands.Calibrate;

/// <summary><c>receiver calibrate</c>: from pictures of a chessboard to a calibration file, or a file held against new pictures.</summary>
internal sealed class CalibrateCommand : Command
{
    private readonly Option<string[]> left = new("--left") { Description = "Pictures of the left eye: a folder, or a pattern in quotes.", HelpName = "GLOB", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> right = new("--right") { Description = "Pictures of the right eye, with the same numbers in their names.", HelpName = "GLOB", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> board = new("--board") { Description = "Inner corners of the board, columns x rows: one less than its squares, each way.", HelpName = "9x6" };
    private readonly Option<string?> square = new("--square") { Description = "The side of a square, measured on the paper, with its unit: 25mm, 2.5cm, 1in. All depths are in proportion to it.", HelpName = "25mm" };
    private readonly Option<string?> output = new("--out") { Description = "The calibration file to write.", HelpName = "RIG.npz" };
    private readonly Option<string?> verify = new("--verify") { Description = "Check this calibration against the pictures instead of making one.", HelpName = "RIG.npz" };
    private readonly Option<double> alpha = new("--alpha") { Description = "0: rectified pictures show the scene in every pixel. 1: they lose none, and have black rims.", HelpName = "0..1" };
    private readonly Option<Sampling> sample = new("--sample") { Description = "Which pairs are taken when there are more than --pairs: those that differ most, or some by lot.", HelpName = "spread|random" };
    private readonly Option<int> pairs = new("--pairs") { Description = "The most pairs that are solved.", HelpName = "N", DefaultValueFactory = _ => 64 };
    private readonly Option<string?> coverage = new("--coverage") { Description = "Where to draw which parts of the pictures were covered. [default: beside --out]", HelpName = "FILE.png" };
    private readonly Option<bool> json = new("--json") { Description = "Print the figures as one JSON object on the last line of stdout." };

    public CalibrateCommand()
        : base("calibrate", """
            Find out from pictures of a chessboard how two cameras see and stand, and say how good the answer is.

            Example:
              receiver calibrate --left 'left/*.jpg' --right 'right/*.jpg' --board 9x6 --square 25mm --out rig.npz
              receiver calibrate --verify rig.npz --left 'new/left*.jpg' --right 'new/right*.jpg'
            """)
    {
        foreach (Option option in new Option[] { left, right, board, square, output, verify, alpha, sample, pairs, coverage, json })
            Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await (parsed.GetValue(verify) is { } file ? VerifyAsync(parsed, file, stop.Token) : CalibrateAsync(parsed, stop.Token));
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Cancelled; nothing was written.");
            ProcessEnd.Now(1);
        }
        catch (OpenCVException e)
        {
            await Console.Error.WriteLineAsync($"OpenCV cannot solve these pairs ({e.ErrMsg}): check that --board names this board and that all pictures come from one rig.");
        }
        return 1;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private async Task CalibrateAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = Given(parsed, output);
        if (!file.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
            throw new FormatException($"--out {file}: a calibration is written as .npz; name it rig.npz.");
        var (edge, most) = (parsed.GetValue(alpha), parsed.GetValue(pairs));
        if (edge is not (>= 0 and <= 1))
            throw new FormatException($"--alpha {edge}: a number from 0 to 1 was expected.");
        if (most < StereoCalibrator.FewestPairs)
            throw new FormatException($"--pairs {most}: at least {StereoCalibrator.FewestPairs} were expected.");
        var drawing = parsed.GetValue(coverage) ?? Path.ChangeExtension(file, ".coverage.png");
        var job = new Calibration(BoardText.Parse(Given(parsed, board), Given(parsed, square)), file, drawing, edge, parsed.GetValue(sample), most);
        foreach (var folder in new[] { file, drawing }.Select(path => Path.GetDirectoryName(Path.GetFullPath(path))!))
            if (!Directory.Exists(folder))
                throw new DirectoryNotFoundException($"There is no folder {folder} to write into; make it first.");

        var figures = await job.RunAsync(Pictures(parsed), new CalibrateProgress(), cancellationToken);
        Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(figures, CalibrateJson.Default.CalibrateFigures) : CalibrateReport.Of(figures));
    }

    private async Task VerifyAsync(ParseResult parsed, string file, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(output) is not null)
            throw new FormatException("--verify writes nothing: leave --out away, or leave --verify away to make a calibration.");
        var calibration = StereoCalibration.Load(file);
        var known = calibration.Board;
        if (known is null && (parsed.GetValue(board) is null || parsed.GetValue(square) is null))
            throw new FormatException($"{file} does not say which board it was made with; give --board and --square.");
        var size = parsed.GetValue(board) ?? $"{known!.Value.Columns}x{known.Value.Rows}";
        var shown = parsed.GetValue(square) is { } side ? BoardText.Parse(size, side) : BoardText.Parse(size, "1m") with { SquareMetres = known!.Value.SquareMetres };

        var figures = await new Verification(calibration, shown).RunAsync(Pictures(parsed), new CalibrateProgress(), cancellationToken);
        Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(figures, CalibrateJson.Default.VerifyFigures) : CalibrateReport.Of(figures));
    }

    private PairFiles Pictures(ParseResult parsed) =>
        PairFiles.Match(PictureFiles.Expand("--left", parsed.GetValue(left)!), PictureFiles.Expand("--right", parsed.GetValue(right)!));

    private static string Given(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) ?? throw new FormatException($"{option.Name} {option.HelpName} is missing. See: receiver calibrate --help");
}
