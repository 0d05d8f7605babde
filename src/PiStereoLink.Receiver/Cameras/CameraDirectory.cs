using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Cameras;

/// <summary>Every camera that has been heard of since the start, by name.</summary>
public sealed class CameraDirectory(TimeProvider time)
{
    private readonly ConcurrentDictionary<CameraName, Camera> cameras = new();

    /// <summary>In the order of their names.</summary>
    public IEnumerable<Camera> All => cameras.Values.OrderBy(camera => camera.Name.ToString(), StringComparer.Ordinal);

    /// <summary>The camera of that name, known from here on; a rig names its cameras before they connect.</summary>
    public Camera this[CameraName name] => cameras.GetOrAdd(name, static (name, time) => new Camera(name, time), time);

    public bool TryFind(string node, string camera, [NotNullWhen(true)] out Camera? found) =>
        cameras.TryGetValue(new CameraName(node, camera), out found);
}
