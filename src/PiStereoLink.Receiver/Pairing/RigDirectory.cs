using System.Diagnostics.CodeAnalysis;
using PiStereoLink.Receiver.Cameras;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Pairing;

/// <summary>The rigs that this receiver was started with, by name.</summary>
public sealed class RigDirectory : IDisposable
{
    private readonly Dictionary<string, Rig> rigs = new(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">A calibration or a preset cannot be read, or the two do not fit together.</exception>
    /// <exception cref="FormatException">Two rigs have one name.</exception>
    public RigDirectory(IEnumerable<RigSpec> specs, CameraDirectory cameras, TimeProvider time)
    {
        foreach (var spec in specs)
        {
            var calibration = spec.CalibrationFile is { } file ? StereoCalibration.Load(file) : null;
            if (!rigs.TryAdd(spec.Name, new Rig(spec.Name, cameras[spec.Left], cameras[spec.Right], calibration, time, ParametersOf(spec, calibration), spec.Source is { IsInTurns: true })))
                throw new FormatException($"Two rigs are called '{spec.Name}'; each needs a name of its own.");
        }
    }

    private static MatcherParameters? ParametersOf(RigSpec spec, StereoCalibration? calibration)
    {
        if (spec.PresetFile is null)
            return null;
        var parameters = MatcherPreset.Load(spec.PresetFile);
        try
        {
            if (calibration is not null)
                parameters.ValidateFor(calibration.ImageWidth, calibration.ImageHeight);
            return parameters;
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"The preset {spec.PresetFile} does not fit rig {spec.Name}: {e.Message}", e);
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
