using System.Text.Json.Serialization;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands.Calibrate;

/// <summary>What <c>calibrate --json</c> prints; docs/calibration.md says what each number means.</summary>
internal sealed record CalibrateFigures(
    int PairsGiven, int PairsFound, int PairsUsed, double RmsLeft, double RmsRight, double RmsStereo, double EpipolarErrorPx, double BaselineMetres,
    double FocalLengthPx, double FocalLengthLeftPx, double FocalLengthRightPx, string Lens, int ImageWidth, int ImageHeight,
    string Verdict, IReadOnlyList<string> Next, BoardCoverage Coverage, IReadOnlyList<DroppedPair> Dropped, string Out, string CoveragePicture);

/// <summary>What <c>calibrate --verify --json</c> prints.</summary>
internal sealed record VerifyFigures(
    int PairsGiven, int PairsUsed, double EpipolarErrorPx, double RowOffsetPx, double? SquareErrorPercent, string Verdict, IReadOnlyList<string> Next, IReadOnlyList<DroppedPair> Dropped);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CalibrateFigures))]
[JsonSerializable(typeof(VerifyFigures))]
internal sealed partial class CalibrateJson : JsonSerializerContext;
