using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands;

/// <summary><c>receiver quality</c>: how good the depth of a rig is, from pairs of a flat surface.</summary>
internal sealed class QualityCommand : Command
{
    private readonly Option<string[]> left = new("--left") { Description = "The left camera's pictures of a scene that stands still: files, or a pattern in quotes.", HelpName = "FILE...", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> right = new("--right") { Description = "The right camera's, in the same order.", HelpName = "FILE...", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly PipelineOptions pipeline = new(calibrated: false);
    private readonly Option<string?> region = new("--roi") { Description = "Where the rectified left picture shows the surface, px. [default: the middle half of its width and height]", HelpName = "X,Y,W,H" };
    private readonly Option<double?> distance = new("--distance") { Description = "From the left camera straight to the surface, measured by hand, metres.", HelpName = "METRES" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };

    public QualityCommand()
        : base("quality", """
            Measure the depth of a rig on a flat, textured surface: fill rate, distance of the points from a plane, noise from pair to pair, error of the distance.

            Example:
              receiver quality --left "wall/left/*.jpg" --right "wall/right/*.jpg" --calibration rig.npz --distance 1.5
            """)
    {
        Options.Add(left);
        Options.Add(right);
        pipeline.AddTo(this);
        foreach (Option option in new Option[] { region, distance, json })
            Options.Add(option);
        SetAction(parsed => DepthWork.Run(() => Measure(parsed)));
    }

    private int Measure(ParseResult parsed)
    {
        var known = parsed.GetValue(distance);
        if (known is { } metres && !(double.IsFinite(metres) && metres > 0))
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"--distance is {metres}; metres above 0 are allowed."));
        var roi = PlainValues.Region(parsed.GetValue(region));
        var lefts = PictureFiles.Expand("--left", parsed.GetValue(left)!);
        var rights = PictureFiles.Expand("--right", parsed.GetValue(right)!);
        if (lefts.Length != rights.Length)
            throw new InvalidDataException($"--left names {lefts.Length} pictures, --right {rights.Length}; give both cameras' pictures of the same pairs.");
        using var depth = pipeline.Create(parsed);
        if (known is not null && depth.Calibration?.Rectification is null)
            throw new InvalidDataException("--distance needs metres, and without a --calibration that holds the cameras' distance there are none; calibrate the rig with receiver calibrate.");

        var maps = lefts.Zip(rights, (one, other) => depth.Process(InputFile.Picture(one, "The left picture"), InputFile.Picture(other, "The right picture")).Disparity).ToArray();
        var quality = DepthQuality.Measure(maps, roi == default ? MiddleHalf(maps[0]) : roi, depth.Calibration, known);
        Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(quality, DepthJson.Default.DepthQuality) : Describe(quality));
        return 0;
    }

    private static Rect MiddleHalf(DisparityMap map) => new(map.Width / 4, map.Height / 4, Math.Max(map.Width / 2, 1), Math.Max(map.Height / 2, 1));

    private static string Describe(DepthQuality quality) => string.Create(CultureInfo.InvariantCulture, $"""
        Pairs            {quality.Pairs}
        Fill rate        {quality.FillRatePercent:0.0} % of the region
        Off the plane    {Text(quality.PlaneRmsPx, "0.000 px")}, {Text(quality.PlaneRmsMillimetres, "0.00 mm")} (rms); {Text(quality.PlaneOutliersPercent, "0.0")} % left out as outliers
        Distance         {Text(quality.PlaneDistanceMetres, "0.0000 m")}; error {Text(quality.DepthErrorMillimetres, "0.0 mm")}, {Text(quality.DepthErrorPercent, "0.00")} %
        Noise over time  {Text(quality.TemporalNoisePx, "0.000 px")}, {Text(quality.TemporalNoiseMillimetres, "0.00 mm")}
        """);

    private static string Text(double? value, string format) => value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) : "unknown";
}
