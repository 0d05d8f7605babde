using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands;

/// <summary><c>receiver pointcloud</c>: coloured points in metres from one pair of pictures, or from the disparities of another receiver.</summary>
internal sealed class PointCloudCommand : Command
{
    private readonly PairOptions pair = new(required: false);
    private readonly PipelineOptions pipeline = new(calibrated: true, required: false);
    private readonly RemotePointCloudOptions remote = new();
    private readonly Option<string?> output = new("--out") { Description = "The points, as a PLY file; with --from, the folder for all of them.", HelpName = "FILE|DIR" };
    private readonly Option<string> range = new("--range") { Description = "Keep points between these distances along the camera's axis, metres.", HelpName = "NEAR:FAR", DefaultValueFactory = _ => "0.2:7.5" };
    private readonly Option<string?> region = new("--roi") { Description = "Use this part of the rectified left picture, px.", HelpName = "X,Y,W,H" };
    private readonly Option<int> decimate = new("--decimate") { Description = "Use every Nth pixel of every Nth row.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> ascii = new("--ascii") { Description = "Write lines of text instead of binary, little-endian." };
    private readonly Option<int> repeat = new("--repeat") { Description = "Do it so many times and give medians; with several, once more before, uncounted.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };

    public PointCloudCommand()
        : base("pointcloud", """
            Compute coloured points from a pair of pictures, or from the disparities that a receiver elsewhere computes: x right, y down, z forward,
            metres, from the rectified left camera.

            Examples:
              receiver pointcloud --left left.jpg --right right.jpg --calibration rig.npz --range 0.2:7.5 --out cloud.ply
              receiver pointcloud --from http://desk.local:8080 --rig garden --every 5 --save-pointcloud --out clouds
            """)
    {
        pair.AddTo(this);
        pipeline.AddTo(this);
        remote.AddTo(this);
        foreach (Option option in new Option[] { output, range, region, decimate, ascii, repeat, json })
            Options.Add(option);
        SetAction((parsed, cancellationToken) => remote.IsAsked(parsed)
            ? remote.RunAsync(parsed, PlainValues.Range(parsed.GetValue(range)!), parsed.GetValue(output), parsed.GetValue(json), cancellationToken)
            : Task.FromResult(DepthWork.Run(() => Compute(parsed))));
    }

    private int Compute(ParseResult parsed)
    {
        var file = OutputFile.Named(parsed.GetValue(output) ?? throw new FormatException("The file for the points is missing: --out FILE.ply."), "--out", ".ply");
        var (near, far) = PlainValues.Range(parsed.GetValue(range)!);
        var roi = PlainValues.Region(parsed.GetValue(region));
        var step = PlainValues.Within(parsed.GetValue(decimate), 1, 1000, "--decimate");
        using var depth = pipeline.Create(parsed);
        if (depth.Calibration is null)
            throw new FormatException("The rig's calibration is missing: --calibration FILE.npz, which says how far apart the cameras are.");
        if (depth.Calibration.Rectification is null)
            throw new InvalidDataException("This calibration holds rectification maps only, without the cameras' distance, so there are no metres; calibrate the rig with receiver calibrate.");
        var (left, right) = pair.Read(parsed);
        var repeats = new Repeats();
        var frame = repeats.Run(depth, left, right, parsed.GetValue(repeat));
        if (SwappedEyes.Warning(depth, frame.Disparity, left, right) is { } warning)
            Console.Error.WriteLine(warning);

        var colour = frame.LeftColour();
        var times = new List<double?>();
        PointCloud? cloud = null;
        for (var i = repeats.Count > 1 ? -1 : 0; i < repeats.Count; i++)   // the first of several is not counted
        {
            var start = Stopwatch.GetTimestamp();
            cloud = PointCloud.FromDisparity(frame.Disparity, depth.Calibration, colour, near, far, roi, step);
            if (i >= 0)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        file.Write(cloud!.ToPly(parsed.GetValue(ascii) ? PlyFormat.Ascii : PlyFormat.BinaryLittleEndian));
        var result = new PointCloudResult(cloud.Points.Length, Repeats.Round(Median.Of(times)!.Value), repeats.MedianMs, repeats.Count);
        Console.WriteLine(parsed.GetValue(json)
            ? JsonSerializer.Serialize(result, DepthJson.Default.PointCloudResult)
            : string.Create(CultureInfo.InvariantCulture, $"{file.Path}: {result.Points} points between {near} and {far} m."));
        return 0;
    }
}
