using System.Text.Json.Serialization;

namespace PiStereoLink.Receiver.Commands.CalibrationFiles;

/// <summary>What <c>receiver calibration --json</c> prints; baseline and focal length are null where the file does not tell them.</summary>
internal sealed record CalibrationTold(string Kind, int Width, int Height, double? BaselineMetres, double? FocalLengthPx, bool MapsOnly, double? RmsPx, string[] Written);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CalibrationTold))]
internal sealed partial class CalibrationJson : JsonSerializerContext;
