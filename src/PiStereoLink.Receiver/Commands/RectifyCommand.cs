using System.CommandLine;
using System.Text.Json;
using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands;

/// <summary><c>receiver rectify</c>: a pair as two parallel cameras would have taken it.</summary>
internal sealed class RectifyCommand : Command
{
    private readonly PairOptions pair = new();
    private readonly Option<string> calibration = new("--calibration") { Description = "The rig's calibration (.npz).", HelpName = "FILE", Required = true };
    private readonly Option<string> outLeft = new("--out-left") { Description = "The rectified left picture, .png or .jpg.", HelpName = "FILE", Required = true };
    private readonly Option<string> outRight = new("--out-right") { Description = "The rectified right picture, .png or .jpg.", HelpName = "FILE", Required = true };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };

    public RectifyCommand()
        : base("rectify", """
            Undo the lenses and turn both pictures of a pair, so that a point lies in the same row of both.

            Example:
              receiver rectify --left left.jpg --right right.jpg --calibration rig.npz --out-left left.png --out-right right.png
            """)
    {
        pair.AddTo(this);
        foreach (Option option in new Option[] { calibration, outLeft, outRight, json })
            Options.Add(option);
        SetAction(parsed => DepthWork.Run(() => Rectify(parsed)));
    }

    private int Rectify(ParseResult parsed)
    {
        var leftFile = OutputFile.Named(parsed.GetValue(outLeft)!, "--out-left", OutputFile.Pictures);
        var rightFile = OutputFile.Named(parsed.GetValue(outRight)!, "--out-right", OutputFile.Pictures);
        var rig = InputFile.Calibration(parsed.GetValue(calibration))!;
        var (leftBytes, rightBytes) = pair.Read(parsed);
        using var left = EncodedPicture.DecodeAsStored(leftBytes, "The left picture");
        using var right = EncodedPicture.DecodeAsStored(rightBytes, "The right picture");
        using var rectifier = new Rectifier(rig);
        using var rectifiedLeft = new Mat();
        using var rectifiedRight = new Mat();
        rectifier.Rectify(left, right, rectifiedLeft, rectifiedRight);

        OutputFile.WritePair(
            leftFile, EncodedPicture.Encode(leftFile.Extension, rectifiedLeft, EncodedPicture.FileQuality),
            rightFile, EncodedPicture.Encode(rightFile.Extension, rectifiedRight, EncodedPicture.FileQuality));
        var result = new RectifyResult(rig.ImageWidth, rig.ImageHeight, Numbers(rig.LeftRoi), Numbers(rig.RightRoi), rig.BaselineMetres, rig.FocalLengthPx);
        Console.WriteLine(parsed.GetValue(json)
            ? JsonSerializer.Serialize(result, DepthJson.Default.RectifyResult)
            : $"{leftFile.Path}, {rightFile.Path}: {rig.ImageWidth}x{rig.ImageHeight}.");
        return 0;
    }

    private static int[] Numbers(Rect region) => [region.X, region.Y, region.Width, region.Height];
}
