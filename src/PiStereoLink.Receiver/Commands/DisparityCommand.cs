using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands;

/// <summary><c>receiver disparity</c>: the disparity of one pair of pictures, and what it cost.</summary>
internal sealed class DisparityCommand : Command
{
    private readonly PairOptions pair = new();
    private readonly PipelineOptions pipeline = new(calibrated: false);
    private readonly Option<string> output = new("--out") { Description = "The disparity: .pfm in px, inf = none; or .png of 16 bits, px * 256, 0 = none.", HelpName = "FILE", Required = true };
    private readonly Option<string?> view = new("--view") { Description = "A picture of it for the eye (.png or .jpg), scaled as the blog's: white at 128 px.", HelpName = "FILE" };
    private readonly Option<string?> colours = new("--colour-map") { Description = $"Colours for --view instead of grey: {string.Join(", ", DisparityView.Names.Keys)}.", HelpName = "NAME" };
    private readonly Option<double> white = new("--view-white") { Description = "The disparity that --view shows white, px.", HelpName = "PX", DefaultValueFactory = _ => DisparityView.BlogWhitePx };
    private readonly Option<int> repeat = new("--repeat") { Description = "Do it so many times and give medians; with several, once more before, uncounted.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };

    public DisparityCommand()
        : base("disparity", """
            Compute how far each pixel of the left picture lies to the left in the right one.

            Example:
              receiver disparity --left left.jpg --right right.jpg --calibration rig.npz --matcher sgbm --num-disparities 96 --out d.pfm --view d.png --colour-map turbo
            """)
    {
        pair.AddTo(this);
        pipeline.AddTo(this);
        foreach (Option option in new Option[] { output, view, colours, white, repeat, json })
            Options.Add(option);
        SetAction(parsed => DepthWork.Run(() => Compute(parsed)));
    }

    private int Compute(ParseResult parsed)
    {
        var file = OutputFile.Named(parsed.GetValue(output)!, "--out", DisparityFile.Extensions);
        var picture = parsed.GetValue(view) is { } name ? OutputFile.Named(name, "--view", OutputFile.Pictures) : null;
        var shown = new DisparityView(White(parsed.GetValue(white)), Colours(parsed.GetValue(colours)));
        using var depth = pipeline.Create(parsed);
        DisparityFile.Check(file, depth.Parameters);
        var (left, right) = pair.Read(parsed);
        var repeats = new Repeats();
        var map = repeats.Run(depth, left, right, parsed.GetValue(repeat)).Disparity;
        if (SwappedEyes.Warning(depth, map, left, right) is { } warning)
            Console.Error.WriteLine(warning);

        var bytes = DisparityFile.Encode(file.Path, map);
        if (picture is null)
            file.Write(bytes);
        else
            OutputFile.WritePair(file, bytes, picture, shown.Encode(map, picture.Extension));
        var result = new DisparityResult(
            map.Width, map.Height, Math.Round(map.DensityPercent(), 4), repeats.MedianMs, repeats.CpuMsPerPair, depth.Parameters.Matcher, repeats.Count);
        Console.WriteLine(parsed.GetValue(json)
            ? JsonSerializer.Serialize(result, DepthJson.Default.DisparityResult)
            : string.Create(CultureInfo.InvariantCulture, $"{file.Path}: {map.Width}x{map.Height}, {result.Density:0.0} % of the pixels have a disparity; {result.MedianMs.Total:0.0} ms."));
        return 0;
    }

    private static double White(double px) => double.IsFinite(px) && px > 0
        ? px
        : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"--view-white is {px}; a number of px above 0 is allowed."));

    private static OpenCvSharp.ColormapTypes? Colours(string? name) =>
        name is null or "grey" ? null
        : DisparityView.Names.TryGetValue(name, out var map) ? map
        : throw new FormatException($"--colour-map is \"{name}\"; grey, {string.Join(", ", DisparityView.Names.Keys)} are allowed.");
}
