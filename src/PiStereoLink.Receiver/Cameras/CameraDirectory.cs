using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Cameras;

/// <summary>
/// The cameras that have been heard of since the start, by name. On the plain port a name is what a peer says: of such cameras that
/// have gone again only the last are remembered, so that nobody fills the memory with names that he makes up.
/// </summary>
public sealed class CameraDirectory(TimeProvider time, KeptPictures? kept = null)
{
    /// <summary>So many cameras that came unencrypted and have gone are remembered.</summary>
    public const int MostGone = 128;

    /// <summary>So many bytes the last pictures of those may take together; the picture of the very last may be larger.</summary>
    public const long MostGoneBytes = 32L * 1024 * 1024;

    private readonly ConcurrentDictionary<CameraName, Camera> cameras = new();
    private readonly HashSet<Camera> lasting = [];      // under gate
    private readonly LinkedList<Camera> gone = [];      // under gate, the one that went first in front
    private readonly Lock gate = new();

    /// <summary>In the order of their names.</summary>
    public IEnumerable<Camera> All => cameras.Values.OrderBy(camera => camera.Name.ToString(), StringComparer.Ordinal);

    /// <summary>The camera of that name, known for good from here on: a rig names its cameras before they connect.</summary>
    public Camera this[CameraName name]
    {
        get
        {
            lock (gate)
                return Lasting(Named(name));
        }
    }

    public bool TryFind(string node, string camera, [NotNullWhen(true)] out Camera? found) =>
        cameras.TryGetValue(new CameraName(node, camera), out found);

    /// <summary>A connection carries the camera of that name. One that came by its key is known for good.</summary>
    public Camera Enter(CameraName name, IPAddress? address, bool encrypted)
    {
        lock (gate)
        {
            var camera = encrypted ? Lasting(Named(name)) : Named(name);
            gone.Remove(camera);
            camera.Connected(address, encrypted);
            return camera;
        }
    }

    /// <summary>The connection has ended.</summary>
    public void Leave(Camera camera)
    {
        lock (gate)
        {
            camera.Disconnected();
            if (camera.IsConnected || lasting.Contains(camera))
                return;
            gone.AddLast(camera);
            while (gone.Count > MostGone || (gone.Count > 1 && gone.Sum(one => one.Ring.KeptBytes) > MostGoneBytes))
                Forget(gone.First!.Value);
        }
    }

    private Camera Named(CameraName name) => cameras.GetOrAdd(name, static (name, made) => new Camera(name, made.time, made.kept), (time, kept));

    private Camera Lasting(Camera camera)
    {
        lasting.Add(camera);
        gone.Remove(camera);
        return camera;
    }

    private void Forget(Camera camera)
    {
        gone.Remove(camera);
        cameras.TryRemove(camera.Name, out _);
        camera.Ring.Clear();
    }
}
