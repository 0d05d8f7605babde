using System.Reflection;
using System.Text.Json.Serialization;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Cameras;
using PiStereoLink.Receiver.Link;
using PiStereoLink.Receiver.Pairing;
using PiStereoLink.Receiver.Store;
using PiStereoLink.Receiver.Trust;

namespace PiStereoLink.Receiver.Web;

/// <summary>What <c>/api/status</c> tells. A number that is not known yet is null.</summary>
public sealed record Status(string Version, double UptimeSeconds, int? FramePort, PortStatus? Plain, PortStatus? Tls, int PairedNodes, StoreStatus Store, CameraStatus[] Cameras, RigStatus[] Rigs);

/// <summary>A port that frames come in at, and what protects them on the way.</summary>
public sealed record PortStatus(string Address, string Protection)
{
    public const string Unencrypted = "unencrypted", Paired = "TLS, paired nodes only", Local = "this machine";
}

public sealed record StoreStatus(bool Enabled, bool Healthy, string? Directory, long Frames, QuotaStatus? Quota);

/// <summary>What one node may take of the store, in bytes, and who is over it; null where there is no limit.</summary>
public sealed record QuotaStatus(long LimitBytes, FullNode[] Full)
{
    public static QuotaStatus? Of(NodeQuota? quota) => quota is null ? null : new(quota.LimitBytes, quota.Full);
}

public sealed record Percentiles(double? P50, double? P99)
{
    public static Percentiles Of(RecentValues values) => new(values.Percentile(0.5), values.Percentile(0.99));
}

public sealed record CameraStatus(
    string Name, string Node, string Camera, bool Connected, bool Stamped, string Protection, string? Address, int? Width, int? Height,
    long Frames, long Bytes, double Fps, double BytesPerSecond, Percentiles LatencyMs, double? LastFrameSecondsAgo, IReadOnlyDictionary<string, long> Dropped,
    long Acked, IReadOnlyDictionary<string, long> Nacked, long Duplicates, ClockStatus? Clock)
{
    public static CameraStatus Of(Camera camera) => new(
        camera.Name.ToString(), camera.Name.Node, camera.Name.Camera, camera.IsConnected, camera.IsStamped, camera.IsLocal ? PortStatus.Local : camera.IsEncrypted ? "TLS" : PortStatus.Unencrypted, camera.Address?.ToString(),
        camera.Size?.Width, camera.Size?.Height, camera.Frames, camera.Bytes, camera.FrameRate.PerSecond, camera.ByteRate.PerSecond,
        Percentiles.Of(camera.LatencyMilliseconds), camera.SinceLastFrame?.TotalSeconds, camera.Dropped,
        camera.Acked, camera.Nacked, camera.Duplicates, camera.Clock is { } clock ? ClockStatus.Of(clock) : null);
}

/// <summary>Whose clock the times of a camera's last frame are on, in milliseconds.</summary>
/// <param name="Source">Whom the Pi's clock has been compared with: <c>receiver</c>, <c>ntp</c>, or <c>none</c>.</param>
/// <param name="OffsetMs">What was added to it.</param>
/// <param name="ErrorMs">The time of capture may be off by so much.</param>
public sealed record ClockStatus(string Source, double? OffsetMs, double? ErrorMs)
{
    public static ClockStatus Of(ClockState clock) => new(
        clock.Source switch { ClockSource.Receiver => "receiver", ClockSource.Ntp => "ntp", _ => "none" }, clock.OffsetMicroseconds / 1e3, clock.ErrorMicroseconds / 1e3);
}

public sealed record UnpairedStatus(long Left, long Right);

/// <summary>Milliseconds between the two captures of a pair, what their median allows, and by how much they may be off.</summary>
public sealed record SkewStatus(double? P50, double? Max, string? Verdict, double? ErrorMs)
{
    public static SkewStatus Of(RecentValues milliseconds, double error) =>
        new(milliseconds.Percentile(0.5), milliseconds.Percentile(1), SkewVerdict.Of(milliseconds.Percentile(0.5)), double.IsNaN(error) ? null : error);
}

public sealed record RigStatus(
    string Name, string Left, string Right, long Pairs, double PairsPerSecond, UnpairedStatus Unpaired, long Replaced, SkewStatus SkewMs, string? PairedBy,
    long DepthFrames, double DisparityFps, Percentiles LatencyMs, double? Density, bool Calibrated, double? BaselineMetres, double? FocalLengthPx,
    int MinDisparity, int NumDisparities, int Watchers, string? Error)
{
    public static RigStatus Of(Rig rig) => new(
        rig.Name, rig.Left.Name.ToString(), rig.Right.Name.ToString(), rig.PairCount, rig.PairRate.PerSecond,
        new UnpairedStatus(rig.Unpaired(Eye.Left), rig.Unpaired(Eye.Right)), rig.ReplacedPairs,
        SkewStatus.Of(rig.SkewMilliseconds, rig.SkewErrorMilliseconds), rig.PairedBy,
        rig.Depth.Version, rig.DepthRate.PerSecond, Percentiles.Of(rig.LatencyMilliseconds),
        rig.Depth.TryGet(out var depth) ? depth.Frame.Disparity.DensityPercent() / 100 : null,
        rig.Calibration is not null, rig.Calibration?.BaselineMetres, rig.Calibration?.FocalLengthPx,
        rig.Parameters.MinDisparity, rig.Parameters.NumDisparities, rig.Watchers, rig.Error);
}

/// <summary>Gathers the status from where the facts are.</summary>
public sealed class StatusSource(CameraDirectory cameras, RigDirectory rigs, FramePortOptions link, TrustOptions trust, PairedNodes paired, TimeProvider time, FrameStore? store = null, NodeQuota? quota = null)
{
    private static readonly string Version =
        typeof(StatusSource).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    private readonly long started = time.GetTimestamp();

    public Status Now() => new(
        Version, time.GetElapsedTime(started).TotalSeconds, link.IsOff ? null : link.Bound.Port,
        link.IsOff ? null : new PortStatus($"{link.Bound}", PortStatus.Unencrypted),
        trust.Bound is null ? null : new PortStatus($"{trust.Bound}", PortStatus.Paired), paired.All.Count,
        new StoreStatus(store is not null, store?.IsHealthy ?? true, store?.Directory, store?.Stored ?? 0, QuotaStatus.Of(quota)),
        [.. cameras.All.Select(CameraStatus.Of)], [.. rigs.All.Select(RigStatus.Of)]);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Status))]
[JsonSerializable(typeof(CalibrationAnswer))]
[JsonSerializable(typeof(DisparityHeader))]
internal sealed partial class StatusJson : JsonSerializerContext;
