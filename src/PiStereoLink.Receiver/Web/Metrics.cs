using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace PiStereoLink.Receiver.Web;

/// <summary>The status as Prometheus text, format 0.0.4.</summary>
public static class Metrics
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(Status status)
    {
        var text = new StringBuilder();
        Add(text, "uptime_seconds", "gauge", "Time since the start.", [("", status.UptimeSeconds)]);
        Add(text, "store_healthy", "gauge", "1 when the last frame could be kept.", [("", status.Store.Healthy ? 1 : 0)]);
        Add(text, "store_frames_total", "counter", "Frames kept on disk.", [("", status.Store.Frames)]);
        if (status.Store.Quota is { } quota)
            Add(text, "store_nodes_over_quota", "gauge", "Nodes whose frames are not kept because they take all they may of the store.", [("", quota.Full.Length)]);
        AddProcess(text);
        AddCameras(text, status.Cameras);
        AddRigs(text, status.Rigs);
        return text.ToString();
    }

    private static void AddProcess(StringBuilder text)
    {
        using var process = Process.GetCurrentProcess();
        Add(text, "cpu_seconds_total", "counter", "Processor time of this process, user and system.", [("", process.TotalProcessorTime.TotalSeconds)]);
        Add(text, "resident_memory_bytes", "gauge", "Resident size of this process.", [("", process.WorkingSet64)]);
        Add(text, "gc_allocated_bytes_total", "counter", "Managed memory allocated since the start.", [("", GC.GetTotalAllocatedBytes())]);
        Add(text, "gc_collections_total", "counter", "Garbage collections, by generation.",
            Enumerable.Range(0, GC.MaxGeneration + 1).Select(generation => ($"generation=\"{generation}\"", (double?)GC.CollectionCount(generation))));
    }

    private static void AddCameras(StringBuilder text, CameraStatus[] cameras)
    {
        static string Label(CameraStatus camera) => $"camera=\"{camera.Name}\"";
        void Each(string name, string type, string help, Func<CameraStatus, double?> value) =>
            Add(text, name, type, help, cameras.Select(camera => (Label(camera), value(camera))));

        Each("camera_connected", "gauge", "1 while a connection carries the camera.", camera => camera.Connected ? 1 : 0);
        Each("camera_frames_total", "counter", "Frames taken.", camera => camera.Frames);
        Each("camera_bytes_total", "counter", "Bytes of the frames taken.", camera => camera.Bytes);
        Each("camera_fps", "gauge", "Frames a second.", camera => camera.Fps);
        Each("camera_latency_p50_seconds", "gauge", "Capture to arrival, median of the recent frames.", camera => camera.LatencyMs.P50 / 1e3);
        Each("camera_latency_p99_seconds", "gauge", "Capture to arrival, 99th percentile of the recent frames.", camera => camera.LatencyMs.P99 / 1e3);
        Each("camera_clock_error_seconds", "gauge", "Bound of the error of the last frame's time of capture, where its clock was compared with the receiver's.",
            camera => camera.Clock is { Source: "receiver" } clock ? clock.ErrorMs / 1e3 : null);
        Each("camera_acked_total", "counter", "Frames on disk whose agent was told so.", camera => camera.Acked);
        Each("camera_duplicates_total", "counter", "Frames that came again.", camera => camera.Duplicates);
        Add(text, "camera_nacked_total", "counter", "Frames whose agent was told that they were not taken, by reason.",
            cameras.SelectMany(camera => camera.Nacked.Select(nack => ($"{Label(camera)},reason=\"{nack.Key}\"", (double?)nack.Value))));
        Add(text, "camera_dropped_total", "counter", "Frames refused or lost, by reason.",
            cameras.SelectMany(camera => camera.Dropped.Select(drop => ($"{Label(camera)},reason=\"{drop.Key}\"", (double?)drop.Value))));
    }

    private static void AddRigs(StringBuilder text, RigStatus[] rigs)
    {
        static string Label(RigStatus rig) => $"rig=\"{rig.Name}\"";
        void Each(string name, string type, string help, Func<RigStatus, double?> value) =>
            Add(text, name, type, help, rigs.Select(rig => (Label(rig), value(rig))));

        Each("rig_pairs_total", "counter", "Pairs found.", rig => rig.Pairs);
        Each("rig_pairs_replaced_total", "counter", "Pairs that a newer one replaced while somebody watched.", rig => rig.Replaced);
        Each("rig_depth_frames_total", "counter", "Pairs turned into depth.", rig => rig.DepthFrames);
        Each("rig_disparity_fps", "gauge", "Disparity maps a second.", rig => rig.DisparityFps);
        Each("rig_skew_p50_seconds", "gauge", "Time between the two captures of a pair, median.", rig => rig.SkewMs.P50 / 1e3);
        Each("rig_skew_max_seconds", "gauge", "Time between the two captures of a pair, largest of the recent pairs.", rig => rig.SkewMs.Max / 1e3);
        Each("rig_skew_error_seconds", "gauge", "By how much the skew of the last pair may be off.", rig => rig.SkewMs.ErrorMs / 1e3);
        Each("rig_latency_p50_seconds", "gauge", "Capture to disparity, median.", rig => rig.LatencyMs.P50 / 1e3);
        Each("rig_latency_p99_seconds", "gauge", "Capture to disparity, 99th percentile.", rig => rig.LatencyMs.P99 / 1e3);
        Each("rig_density_ratio", "gauge", "Share of pixels with a disparity in the last map.", rig => rig.Density);
        Each("rig_watchers", "gauge", "Viewers that keep the rig at work.", rig => rig.Watchers);
        Add(text, "rig_unpaired_frames_total", "counter", "Frames without a partner.", rigs.SelectMany(rig => new (string, double?)[]
        {
            ($"{Label(rig)},eye=\"left\"", rig.Unpaired.Left),
            ($"{Label(rig)},eye=\"right\"", rig.Unpaired.Right),
        }));
    }

    private static void Add(StringBuilder text, string name, string type, string help, IEnumerable<(string Labels, double? Value)> values)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP pistereolink_{name} {help}\n# TYPE pistereolink_{name} {type}\n");
        foreach (var (labels, value) in values)
            if (value is { } number)
                text.Append(CultureInfo.InvariantCulture, $"pistereolink_{name}{(labels.Length > 0 ? $"{{{labels}}}" : "")} {number}\n");
    }
}
