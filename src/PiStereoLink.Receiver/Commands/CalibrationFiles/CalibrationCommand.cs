using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PiStereoLink.Protocol;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands.CalibrationFiles;

/// <summary><c>receiver calibration</c>: tells what a calibration is, and writes it in another form.</summary>
internal sealed class CalibrationCommand : Command
{
    private readonly Option<string[]> input = new("--in")
    {
        Description = "A calibration: .npz (ours, the blog's, StereoPi's), OpenCV YAML, or a folder (ROS, StereoPi, OpenCV). Two files that belong together: give it twice.",
        HelpName = "FILE",
        Required = true,
    };
    private readonly Option<string?> output = new("--out") { Description = "Write it as FILE.npz, FILE.yml (OpenCV), or a folder without an ending (ROS: left.yaml and right.yaml).", HelpName = "FILE" };
    private readonly Option<string?> unit = new("--unit") { Description = "What the file counts its lengths in, where that is not metres: 1cm, or 25mm where it counts squares of that size.", HelpName = "LENGTH" };
    private readonly Option<string?> size = new("--size") { Description = "The pictures' size, where the file does not tell it.", HelpName = "WIDTHxHEIGHT" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };

    public CalibrationCommand()
        : base("calibration", """
            Tell what a calibration is, and write it in the form that another program reads.

            Example:
              receiver calibration --in rig.npz --out rig.yml
              receiver calibration --in calib_result --unit 1cm --out rig.npz
            """)
    {
        Options.Add(input);
        Options.Add(output);
        Options.Add(unit);
        Options.Add(size);
        Options.Add(json);
        SetAction(Convert);
    }

    private int Convert(ParseResult parsed)
    {
        var hints = new CalibrationHints(
            parsed.GetValue(unit) is { } length ? BoardText.ParseLength(length) : null,
            parsed.GetValue(size) is { } pixels ? ParseSize(pixels) : null);
        var loaded = CalibrationFile.Load(parsed.GetValue(input)!, hints);
        var calibration = loaded.Calibration;
        var files = parsed.GetValue(output) is { } target ? CalibrationFile.ToFiles(calibration, target) : [];
        foreach (var (path, bytes) in files)
        {
            DurableFolder.Create(Path.GetDirectoryName(Path.GetFullPath(path))!);
            DurableFile.Write(path, bytes);
        }

        Console.Error.WriteLine(Describe(loaded));
        foreach (var (path, _) in files)
            Console.Error.WriteLine($"Wrote {path}.");
        if (parsed.GetValue(json))
            Console.WriteLine(JsonSerializer.Serialize(new CalibrationTold(loaded.Kind, calibration.ImageWidth, calibration.ImageHeight, calibration.BaselineMetres,
                calibration.FocalLengthPx, calibration.Cameras is null, calibration.RmsPx, [.. files.Select(file => file.Path)]), CalibrationJson.Default.CalibrationTold));
        return 0;
    }

    private static string Describe(LoadedCalibration loaded)
    {
        var calibration = loaded.Calibration;
        var metres = calibration is { BaselineMetres: { } baseline, FocalLengthPx: { } focal }
            ? string.Create(CultureInfo.InvariantCulture, $"baseline {baseline * 1000:0.0} mm, focal length {focal:0.0} px")
            : "rectification maps without metres: there is disparity, but no depth. Give --unit if the file has the baseline, or calibrate the rig (receiver calibrate)";
        return $"{loaded.Kind}: pictures of {calibration.ImageWidth}x{calibration.ImageHeight}, {metres}"
            + (calibration.Cameras is null && calibration.BaselineMetres is not null ? "; maps without cameras." : ".");
    }

    private static (int Width, int Height) ParseSize(string text) =>
        text.Split('x') is [var width, var height]
        && int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var columns)
        && int.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
            ? (columns, rows)
            : throw new FormatException($"--size '{text}' is no size of a picture. Give its columns and rows, such as 640x480.");
}
