using System.Text;

namespace PiStereoLink.Vision;

/// <summary>What a file does not tell itself.</summary>
/// <param name="UnitMetres">The unit of its lengths in metres, where that is not the metre: the unit in which the board's square was given.</param>
/// <param name="Size">Columns and rows of its pictures.</param>
public sealed record CalibrationHints(double? UnitMetres = null, (int Width, int Height)? Size = null);

/// <summary>A calibration and the kind of file that it came from.</summary>
public sealed record LoadedCalibration(StereoCalibration Calibration, string Kind);

/// <summary>Reads and writes calibrations in the forms that other programs keep them in (docs/calibration-files.md).</summary>
public static class CalibrationFile
{
    private const string FolderKinds = "left.yaml and right.yaml (ROS), cam_mats_left.npy and its like (StereoPi tutorial), intrinsics.yml and extrinsics.yml, or .xml (OpenCV)";

    /// <summary>Reads one file or folder, or the two files that make up a calibration.</summary>
    /// <exception cref="InvalidDataException">It is no calibration; the sentence names it, what is wrong and the next step.</exception>
    public static LoadedCalibration Load(IReadOnlyList<string> paths, CalibrationHints? hints = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        hints ??= new CalibrationHints();
        return paths switch
        {
            [var folder] when Directory.Exists(folder) => LoadFolder(folder, hints),
            [var file] when !IsText(file) => LoadNpz(file, hints),
            [_] or [_, _] when paths.All(IsText) => LoadText([.. paths.Select(YamlNumbers.Read)], hints),
            _ => throw new InvalidDataException($"{string.Join(", ", paths)} cannot be one calibration: one .npz or folder, or one or two YAML or XML files, were expected."),
        };
    }

    /// <summary>The files to write for a calibration under a name: .npz, .yml or .yaml (OpenCV), or a folder (ROS: left.yaml and right.yaml).</summary>
    /// <exception cref="InvalidDataException">The calibration holds maps only, which YAML files do not have.</exception>
    public static IReadOnlyList<(string Path, byte[] Bytes)> ToFiles(StereoCalibration calibration, string path)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(path);
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".NPZ":
                using (var npz = new MemoryStream())
                {
                    calibration.Write(npz);
                    return [(path, npz.ToArray())];
                }
            case ".YML" or ".YAML":
                return [(path, Encoding.UTF8.GetBytes(OpenCvYaml.Write(calibration)))];
            case "":
                var (left, right) = RosPair.Write(calibration);
                return [(Path.Combine(path, "left.yaml"), Encoding.UTF8.GetBytes(left)), (Path.Combine(path, "right.yaml"), Encoding.UTF8.GetBytes(right))];
            default:
                throw new FormatException($"'{path}' is no name for a calibration: FILE.npz, FILE.yml (OpenCV) or a folder without an ending (ROS, left.yaml and right.yaml) are.");
        }
    }

    private static LoadedCalibration LoadNpz(string path, CalibrationHints hints)
    {
        using var file = File.OpenRead(path);
        return new LoadedCalibration(StereoCalibration.Read(file, path, hints.UnitMetres), "npz");
    }

    private static LoadedCalibration LoadFolder(string folder, CalibrationHints hints)
    {
        if (StereoPiFolder.Fits(folder))
            return new LoadedCalibration(Named(folder, () => StereoPiFolder.Read(folder, hints.UnitMetres)), "stereopi-folder");
        foreach (var (one, other) in new[] { ("left", "right"), ("intrinsics", "extrinsics") })
            foreach (var ending in new[] { ".yaml", ".yml", ".xml" })
                if (Path.Combine(folder, one + ending) is var first && Path.Combine(folder, other + ending) is var second && File.Exists(first) && File.Exists(second))
                    return LoadText([YamlNumbers.Read(first), YamlNumbers.Read(second)], hints);
        throw new InvalidDataException($"The folder {folder} holds no calibration. One of these would do: {FolderKinds}.");
    }

    private static LoadedCalibration LoadText(YamlNumbers[] files, CalibrationHints hints)
    {
        var names = string.Join(" and ", files.Select(file => file.Path));
        if (!Array.Exists(files, RosCameraInfo.Fits))
            return new LoadedCalibration(Named(names, () => OpenCvYaml.Read(files, hints)), Array.Exists(files, file => file.IsXml) ? "opencv-xml" : "opencv-yaml");
        return files is [var one, var other] && RosCameraInfo.Fits(one) && RosCameraInfo.Fits(other)
            ? new LoadedCalibration(Named(names, () => RosPair.Read(RosCameraInfo.Read(one), RosCameraInfo.Read(other))), "ros")
            : throw new InvalidDataException($"{names} is one camera of a ROS pair; a rig needs both: --in left.yaml --in right.yaml, or the folder that they are in.");
    }

    private static StereoCalibration Named(string names, Func<StereoCalibration> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{names} is no usable calibration: {e.Message}", e);
        }
    }

    private static bool IsText(string path) => Path.GetExtension(path).ToUpperInvariant() is ".YML" or ".YAML" or ".XML";
}
