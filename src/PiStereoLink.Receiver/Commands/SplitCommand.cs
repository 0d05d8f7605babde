using System.CommandLine;
using System.Text.Json;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands;

/// <summary><c>receiver split</c>: the two eyes out of the one frame of a stereo camera.</summary>
internal sealed class SplitCommand : Command
{
    private readonly Option<string> layout = new("--layout") { Description = $"How the eyes lie in the frame: {string.Join(", ", StereoLayout.All.Select(layout => layout.Name))}.", HelpName = "NAME", Required = true };
    private readonly Option<string?> first = new("--first") { Description = "The camera of the first (leftmost) eye. [default: right for ps4 and ps4-sensor, left for side-by-side]", HelpName = "left|right" };
    private readonly Option<string> input = new("--in") { Description = "The frame as the camera sent it.", HelpName = "FILE", Required = true };
    private readonly Option<string> outLeft = new("--out-left") { Description = "The left camera's picture, .png or .jpg.", HelpName = "FILE", Required = true };
    private readonly Option<string> outRight = new("--out-right") { Description = "The right camera's picture, .png or .jpg.", HelpName = "FILE", Required = true };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };

    public SplitCommand()
        : base("split", """
            Cut the two pictures out of one frame of a PS4 camera or of a side-by-side camera.
            ps4 cuts as the blog does (eyes of 1264x800), ps4-sensor as the sensors see (1280x800): use a calibration with the one it was made with.

            Example:
              receiver split --layout ps4 --in frame.png --out-left left.png --out-right right.png
            """)
    {
        foreach (Option option in new Option[] { layout, first, input, outLeft, outRight, json })
            Options.Add(option);
        SetAction(parsed => DepthWork.Run(() => Split(parsed)));
    }

    private int Split(ParseResult parsed)
    {
        var cut = StereoLayout.Parse(parsed.GetValue(layout)!);
        var eye = Eye(parsed.GetValue(first)) ?? cut.First;
        var leftFile = OutputFile.Named(parsed.GetValue(outLeft)!, "--out-left", OutputFile.Pictures);
        var rightFile = OutputFile.Named(parsed.GetValue(outRight)!, "--out-right", OutputFile.Pictures);
        using var frame = EncodedPicture.DecodeAsStored(InputFile.Picture(parsed.GetValue(input)!, "The frame"), "The frame");
        var (leftRegion, rightRegion) = cut.Regions(frame.Cols, frame.Rows, eye);
        var (left, right) = cut.Split(frame, eye);
        using var ofLeft = left;
        using var ofRight = right;

        OutputFile.WritePair(
            leftFile, EncodedPicture.Encode(leftFile.Extension, left, EncodedPicture.FileQuality),
            rightFile, EncodedPicture.Encode(rightFile.Extension, right, EncodedPicture.FileQuality));
        var result = new SplitResult(cut.Name, eye == StereoEye.Left ? "left" : "right", leftRegion.Width, leftRegion.Height, leftRegion.X, rightRegion.X);
        Console.WriteLine(parsed.GetValue(json)
            ? JsonSerializer.Serialize(result, DepthJson.Default.SplitResult)
            : $"{leftFile.Path}, {rightFile.Path}: {leftRegion.Width}x{leftRegion.Height}; the first eye is the {result.First} camera.");
        return 0;
    }

    private static StereoEye? Eye(string? name) => name switch
    {
        null => null,
        "left" => StereoEye.Left,
        "right" => StereoEye.Right,
        _ => throw new FormatException($"--first is \"{name}\"; left or right is allowed."),
    };
}
