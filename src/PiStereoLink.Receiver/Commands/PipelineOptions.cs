using System.CommandLine;
using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands;

/// <summary>What a command needs to turn a pair of files into disparity.</summary>
internal sealed class PipelineOptions
{
    private const int MostThreads = 256;

    private readonly MatcherOptions matcher = new();
    private readonly Option<string?> calibration;
    private readonly Option<double?> leftRightCheck = new("--left-right-check") { Description = "Match in both directions and keep what agrees within so many px.", HelpName = "PX" };
    private readonly Option<string> filter = new("--filter") { Description = "Smooth within the edges of the left picture: fgs (fast global smoother, as in a WLS filter) or guided.", HelpName = "none|fgs|guided", DefaultValueFactory = _ => "none" };
    private readonly Option<int?> threads = new("--threads") { Description = "Threads that OpenCV may use. [default: one for each core]", HelpName = "N" };

    /// <param name="calibrated">Whether there must be a calibration.</param>
    /// <param name="required">Whether it must be given; false where the command has another source of pictures.</param>
    public PipelineOptions(bool calibrated, bool required = true) =>
        calibration = new Option<string?>("--calibration") { Description = calibrated ? "The rig's calibration (.npz)." : "The rig's calibration (.npz); without one the pictures are taken as rectified.", HelpName = "FILE", Required = calibrated && required };

    public void AddTo(Command command)
    {
        command.Options.Add(calibration);
        matcher.AddTo(command);
        command.Options.Add(leftRightCheck);
        command.Options.Add(filter);
        command.Options.Add(threads);
    }

    /// <summary>Sets up the pipeline; sets OpenCV's threads.</summary>
    /// <exception cref="FormatException">Wrong usage.</exception>
    /// <exception cref="InvalidDataException">The calibration or the preset cannot be used.</exception>
    public DepthPipeline Create(ParseResult parsed)
    {
        if (parsed.GetValue(threads) is { } count)
            Cv2.SetNumThreads(PlainValues.Within(count, 1, MostThreads, "--threads"));
        var parameters = matcher.Read(parsed);
        var refinement = new Refinement(parsed.GetValue(leftRightCheck), Filter(parsed.GetValue(filter)!));
        return new DepthPipeline(InputFile.Calibration(parsed.GetValue(calibration)), parameters, refinement);
    }

    private static DisparityFilterKind Filter(string name) => name switch
    {
        "none" => DisparityFilterKind.None,
        "fgs" => DisparityFilterKind.Fgs,
        "guided" => DisparityFilterKind.Guided,
        _ => throw new FormatException($"--filter is \"{name}\"; none, fgs or guided is allowed."),
    };
}
