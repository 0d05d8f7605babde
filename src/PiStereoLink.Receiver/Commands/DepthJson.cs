using System.Text.Json.Serialization;

namespace PiStereoLink.Receiver.Commands;

/// <summary>What <c>receiver disparity --json</c> prints; density is per cent of all pixels.</summary>
internal sealed record DisparityResult(int Width, int Height, double Density, StageMilliseconds MedianMs, double CpuMsPerPair, string Matcher, int Repeats);

/// <summary>What <c>receiver pointcloud --json</c> prints: <c>medianMs</c> from disparity and colours to points, the stages before it beside it.</summary>
internal sealed record PointCloudResult(int Points, double MedianMs, StageMilliseconds DisparityMedianMs, int Repeats);

/// <summary>What <c>receiver pointcloud --from --json</c> prints: how many clouds, and the points of the last.</summary>
internal sealed record RemotePointCloudResult(int Clouds, int Points);

/// <summary>What <c>receiver rectify --json</c> prints: where the rectified pictures show the scene.</summary>
internal sealed record RectifyResult(int Width, int Height, int[] LeftRoi, int[] RightRoi, double? BaselineMetres, double? FocalLengthPx);

/// <summary>What <c>receiver split --json</c> prints.</summary>
internal sealed record SplitResult(string Layout, string First, int Width, int Height, int LeftX, int RightX);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DisparityResult))]
[JsonSerializable(typeof(PointCloudResult))]
[JsonSerializable(typeof(RemotePointCloudResult))]
[JsonSerializable(typeof(RectifyResult))]
[JsonSerializable(typeof(SplitResult))]
[JsonSerializable(typeof(Vision.DisparityScore))]
[JsonSerializable(typeof(Vision.DepthQuality))]
internal sealed partial class DepthJson : JsonSerializerContext;
