namespace PiStereoLink.Vision;

/// <summary>
/// The .npz that NumPy opens. Three contents are read:
/// maps and cameras (what is written here), maps only (the blog's file), cameras only (rectified while loading).
/// </summary>
public sealed partial class StereoCalibration
{
    private static readonly string[] MapKeys = ["leftMapX", "leftMapY", "rightMapX", "rightMapY", "leftROI", "rightROI"];
    private static readonly string[] CameraKeys = ["K1", "D1", "K2", "D2", "R", "T"];
    private static readonly string[] RectificationKeys = ["R1", "R2", "P1", "P2", "Q"];

    /// <summary>Reads a calibration: an .npz, or one of the other kinds that <see cref="CalibrationFile"/> knows.</summary>
    /// <exception cref="InvalidDataException">The file is no calibration; the sentence names it and what is wrong.</exception>
    public static StereoCalibration Load(string path) => CalibrationFile.Load([path]).Calibration;

    /// <summary>Reads a calibration from a seekable stream; <paramref name="name"/> is what errors call it.</summary>
    /// <exception cref="InvalidDataException">As for a file.</exception>
    public static StereoCalibration Read(Stream source, string name) => Read(source, name, unitMetres: null);

    internal static StereoCalibration Read(Stream source, string name, double? unitMetres)
    {
        var arrays = new CalibrationArrays(Npz.Read(source, name));
        try
        {
            return MapsFile.Fits(arrays) ? MapsFile.Read(arrays, unitMetres) : FromArrays(arrays);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{name} is no usable calibration: {e.Message}", e);
        }
    }

    /// <summary>Writes the file beside its name first and then renames it, so that a reader sees a whole one.</summary>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        // Of this process alone: another may write the same file.
        var part = $"{path}.{Environment.ProcessId}.part";
        try
        {
            using (var file = File.Create(part))
            {
                Write(file);
                file.Flush(flushToDisk: true);
            }
            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Writes everything that is known, with the blog's keys for maps and regions.</summary>
    public void Write(Stream target) => Npz.Write(target, ToArrays());

    private static StereoCalibration FromArrays(CalibrationArrays arrays)
    {
        var size = arrays.Integers("imageSize", 2);
        var (width, height) = (size[0], size[1]);
        CheckImageSize(width, height);
        var rms = arrays.Has("rms") ? arrays.Vector("rms", 1)[0] : (double?)null;
        var board = ReadBoard(arrays);
        var cameras = arrays.HasAll(CameraKeys) ? ReadCameras(arrays) : null;
        if (!arrays.HasAll(MapKeys))
            return cameras is not null
                ? FromCameras(width, height, cameras, rms, board)
                : throw new InvalidDataException($"it has neither the maps ({string.Join(", ", MapKeys)}) nor the cameras ({string.Join(", ", CameraKeys)}).");

        return new StereoCalibration(
            width, height,
            arrays.Map("leftMapX", width, height), arrays.Map("leftMapY", width, height),
            arrays.Map("rightMapX", width, height), arrays.Map("rightMapY", width, height))
        {
            LeftRoi = arrays.Region("leftROI", width, height),
            RightRoi = arrays.Region("rightROI", width, height),
            Cameras = cameras,
            Rectification = arrays.HasAll(RectificationKeys) ? ReadRectification(arrays) : null,
            RmsPx = rms,
            Board = board,
        };
    }

    private IEnumerable<KeyValuePair<string, NpyArray>> ToArrays()
    {
        yield return new("imageSize", NpyArray.From<long>([ImageWidth, ImageHeight], 2));
        yield return new("leftMapX", NpyArray.From<float>(leftMapX, ImageHeight, ImageWidth));
        yield return new("leftMapY", NpyArray.From<float>(leftMapY, ImageHeight, ImageWidth));
        yield return new("leftROI", NpyArray.From<long>([LeftRoi.X, LeftRoi.Y, LeftRoi.Width, LeftRoi.Height], 4));
        yield return new("rightMapX", NpyArray.From<float>(rightMapX, ImageHeight, ImageWidth));
        yield return new("rightMapY", NpyArray.From<float>(rightMapY, ImageHeight, ImageWidth));
        yield return new("rightROI", NpyArray.From<long>([RightRoi.X, RightRoi.Y, RightRoi.Width, RightRoi.Height], 4));
        if (Cameras is { } cameras)
        {
            yield return new("K1", NpyArray.FromMatrix(cameras.K1));
            yield return new("D1", NpyArray.From<double>(cameras.D1, 1, cameras.D1.Length));
            yield return new("K2", NpyArray.FromMatrix(cameras.K2));
            yield return new("D2", NpyArray.From<double>(cameras.D2, 1, cameras.D2.Length));
            yield return new("R", NpyArray.FromMatrix(cameras.R));
            yield return new("T", NpyArray.From<double>(cameras.T, 3, 1));
        }
        if (Rectification is { } rectification)
        {
            yield return new("R1", NpyArray.FromMatrix(rectification.R1));
            yield return new("R2", NpyArray.FromMatrix(rectification.R2));
            yield return new("P1", NpyArray.FromMatrix(rectification.P1));
            yield return new("P2", NpyArray.FromMatrix(rectification.P2));
            yield return new("Q", NpyArray.FromMatrix(rectification.Q));
        }
        if (RmsPx is { } rms)
            yield return new("rms", NpyArray.FromScalar(rms));
        if (Board is { } board)
        {
            yield return new("board", NpyArray.From<long>([board.Columns, board.Rows], 2));
            yield return new("squareMetres", NpyArray.FromScalar(board.SquareMetres));
        }
    }

    private static StereoCameras ReadCameras(CalibrationArrays arrays)
    {
        var cameras = new StereoCameras(
            arrays.Matrix("K1", 3, 3), arrays.Vector("D1"), arrays.Matrix("K2", 3, 3), arrays.Vector("D2"),
            arrays.Matrix("R", 3, 3), arrays.Vector("T", 3));
        cameras.Validate();
        return cameras;
    }

    private static Rectification ReadRectification(CalibrationArrays arrays)
    {
        var rectification = new Rectification(
            arrays.Matrix("R1", 3, 3), arrays.Matrix("R2", 3, 3), arrays.Matrix("P1", 3, 4), arrays.Matrix("P2", 3, 4), arrays.Matrix("Q", 4, 4));
        rectification.Validate();
        return rectification;
    }

    private static ChessBoard? ReadBoard(CalibrationArrays arrays)
    {
        if (!arrays.Has("board") || !arrays.Has("squareMetres"))
            return null;
        var corners = arrays.Integers("board", 2);
        return new ChessBoard(corners[0], corners[1], arrays.Vector("squareMetres", 1)[0]);
    }
}
