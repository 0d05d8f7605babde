using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands;

/// <summary><c>receiver evaluate</c>: a disparity file against a known truth.</summary>
internal sealed class EvaluateCommand : Command
{
    private readonly Option<string> disparity = new("--disparity") { Description = "A .pfm (px, inf = none) or a 16-bit .png (px * 256, 0 = none).", HelpName = "FILE", Required = true };
    private readonly Option<string> truth = new("--truth") { Description = "The true disparity: .pfm in px, or a grey PNG or PGM where 0 is unknown.", HelpName = "FILE", Required = true };
    private readonly Option<double> scale = new("--scale") { Description = "Steps of a grey truth that make one px; a .pfm is in px already.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };

    public EvaluateCommand()
        : base("evaluate", """
            Tell how many of the true pixels that got a disparity are wrong by more than 1 and 2 px, the root mean square error in px, and which part got one (density), in per cent.

            Example:
              receiver evaluate --disparity d.pfm --truth disp2.png --scale 4
            """)
    {
        foreach (Option option in new Option[] { disparity, truth, scale, json })
            Options.Add(option);
        SetAction(parsed => DepthWork.Run(() => Evaluate(parsed)));
    }

    private int Evaluate(ParseResult parsed)
    {
        var steps = parsed.GetValue(scale);
        if (!double.IsFinite(steps) || steps <= 0)
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"--scale is {steps}; how many steps of the truth make one px, above 0, is allowed."));
        var found = DisparityFile.Read(parsed.GetValue(disparity)!);
        var known = parsed.GetValue(truth)!;
        InputFile.Require(known, "The truth", "a .pfm, or a grey PNG or PGM with its --scale");
        var score = DisparityScore.Evaluate(found, FloatPicture.Read(known, steps));
        Console.WriteLine(parsed.GetValue(json)
            ? JsonSerializer.Serialize(score, DepthJson.Default.DisparityScore)
            : string.Create(CultureInfo.InvariantCulture, $"Wrong by more than 1 px: {score.Bad1:0.00} %, by more than 2 px: {score.Bad2:0.00} %; rms {score.Rms:0.000} px; density {score.Density:0.0} %."));
        return 0;
    }
}
