using System.Text.Json.Serialization;

namespace PiStereoLink.Receiver.Commands.Demo;

/// <summary>What the demo measured.</summary>
/// <param name="FramesReceived">Of both cameras.</param>
/// <param name="Pairs">Pairs turned into depth.</param>
/// <param name="PairsPerSecond">Of those, between the first and the last.</param>
/// <param name="LatencyMsP50">From capture to finished disparity, median over the recent pairs.</param>
/// <param name="LatencyMsP99">The same, 99th percentile.</param>
/// <param name="DepthErrorMedianPercent">Median of |depth - truth| / truth over pixels 0.5 to 4 m away; median over the compared pairs; null when none was.</param>
/// <param name="Density">Share of all pixels that got a disparity, median over the compared pairs.</param>
/// <param name="Url">Where the page was.</param>
internal sealed record DemoResult(
    long FramesReceived, long Pairs, double PairsPerSecond, double? LatencyMsP50, double? LatencyMsP99, double? DepthErrorMedianPercent, double? Density, string Url);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DemoResult))]
internal sealed partial class DemoJson : JsonSerializerContext;
