using System.Diagnostics.CodeAnalysis;
using PiStereoLink.Receiver.Cameras;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Pairing;

/// <summary>The rigs that this receiver was started with, by name.</summary>
public sealed class RigDirectory : IDisposable
{
    private readonly Dictionary<string, Rig> rigs = new(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">A calibration cannot be read.</exception>
    /// <exception cref="FormatException">Two rigs have one name.</exception>
    public RigDirectory(IEnumerable<RigSpec> specs, CameraDirectory cameras, TimeProvider time)
    {
        foreach (var spec in specs)
        {
            var calibration = spec.CalibrationFile is { } file ? StereoCalibration.Load(file) : null;
            if (!rigs.TryAdd(spec.Name, new Rig(spec.Name, cameras[spec.Left], cameras[spec.Right], calibration, time)))
                throw new FormatException($"Two rigs are called '{spec.Name}'; each needs a name of its own.");
        }
    }

    public IEnumerable<Rig> All => rigs.Values;

    public void Dispose()
    {
        foreach (var rig in rigs.Values)
            rig.Dispose();
    }

    public bool TryFind(string name, [NotNullWhen(true)] out Rig? rig) => rigs.TryGetValue(name, out rig);
}
