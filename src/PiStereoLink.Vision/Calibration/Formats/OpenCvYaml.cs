using System.Globalization;
using System.Text;

namespace PiStereoLink.Vision;

/// <summary>
/// A calibration as cv::FileStorage reads and writes it. Names are those of OpenCV's samples: M1 D1 M2 D2 (their intrinsics.yml),
/// R T R1 R2 P1 P2 Q (extrinsics.yml), image_width, image_height, board_width, board_height, square_size (calibration.cpp).
/// </summary>
internal static class OpenCvYaml
{
    /// <exception cref="InvalidDataException">The calibration holds maps only.</exception>
    public static string Write(StereoCalibration calibration)
    {
        var (cameras, geometry) = calibration.RequireGeometry("An OpenCV YAML file");
        var yaml = new StringBuilder("%YAML:1.0\n---\n");
        Scalar("image_width", calibration.ImageWidth);
        Scalar("image_height", calibration.ImageHeight);
        Matrix("M1", cameras.K1);
        Row("D1", cameras.D1);
        Matrix("M2", cameras.K2);
        Row("D2", cameras.D2);
        Matrix("R", cameras.R);
        yaml.Matrix("T", " !!opencv-matrix", "  dt: d\n", 3, 1, cameras.T);
        Matrix("R1", geometry.R1);
        Matrix("R2", geometry.R2);
        Matrix("P1", geometry.P1);
        Matrix("P2", geometry.P2);
        Matrix("Q", geometry.Q);
        if (calibration.RmsPx is { } rms)
            Word("rms", YamlText.Number(rms));
        if (calibration.Board is { } board)
        {
            Scalar("board_width", board.Columns);
            Scalar("board_height", board.Rows);
            Word("square_size", YamlText.Number(board.SquareMetres));
        }
        return yaml.ToString();

        void Scalar(string name, int value) => Word(name, value.ToString(CultureInfo.InvariantCulture));
        void Word(string name, string value) => yaml.Append(CultureInfo.InvariantCulture, $"{name}: {value}\n");
        void Matrix(string name, double[,] matrix) => yaml.Matrix(name, " !!opencv-matrix", "  dt: d\n", matrix.GetLength(0), matrix.GetLength(1), YamlText.Values(matrix));
        void Row(string name, double[] values) => yaml.Matrix(name, " !!opencv-matrix", "  dt: d\n", 1, values.Length, values);
    }

    /// <summary>One file with everything, or the two of OpenCV's stereo sample.</summary>
    public static StereoCalibration Read(IReadOnlyList<YamlNumbers> files, CalibrationHints hints)
    {
        var unit = hints.UnitMetres ?? 1;
        var (width, height) = files.FirstOrDefault(file => file.Has("image_width")) is { } sized
            ? (sized.Integer("image_width"), sized.Integer("image_height"))
            : hints.Size ?? throw new InvalidDataException($"{Names()} does not tell the pictures' size. Give it: receiver calibration --in {Names()} --size WIDTHxHEIGHT --out rig.npz.");
        var t = Holding("T").Vector("T");
        var cameras = new StereoCameras(
            Camera("M1", "K1"), Holding("D1").Vector("D1"), Camera("M2", "K2"), Holding("D2").Vector("D2"),
            Holding("R").Matrix("R", 3, 3), [.. t.Select(value => value * unit)]);
        double? rms = files.FirstOrDefault(file => file.Has("rms"))?.Number("rms");
        var board = files.FirstOrDefault(file => file.Has("board_width") && file.Has("square_size")) is { } printed
            ? new ChessBoard(printed.Integer("board_width"), printed.Integer("board_height"), printed.Number("square_size") * unit)
            : (ChessBoard?)null;
        if (!files.Any(file => file.Has("P2")))
            return StereoCalibration.FromCameras(width, height, cameras, rms, board);

        var right = Holding("P2").Matrix("P2", 3, 4);
        right[0, 3] *= unit;
        return StereoCalibration.FromRectified(width, height, cameras,
            Rectified.FromProjections(Holding("R1").Matrix("R1", 3, 3), Holding("R2").Matrix("R2", 3, 3), Holding("P1").Matrix("P1", 3, 4), right), rms, board);

        double[,] Camera(string name, string other) => files.Any(file => file.Has(name)) ? Holding(name).Matrix(name, 3, 3) : Holding(other).Matrix(other, 3, 3);
        YamlNumbers Holding(string key) => files.FirstOrDefault(file => file.Has(key))
            ?? throw new InvalidDataException($"{Names()} has no '{key}'. A stereo calibration of OpenCV has M1, D1, M2, D2, R and T, in one file or in two (intrinsics.yml, extrinsics.yml): give both.");
        string Names() => string.Join(" ", files.Select(file => file.Path));
    }
}
