using System.Globalization;
using System.Text;

namespace PiStereoLink.Vision;

/// <summary>
/// One camera of a pair as ROS keeps it (camera_calibration_parsers, sensor_msgs/CameraInfo): K, D, the rotation into the rectified
/// frame and the rectified projection, whose fourth value is 0 for the left camera and -f * baseline for the right one, metres.
/// </summary>
internal sealed record RosCameraInfo(string Path, int Width, int Height, double[,] K, double[] D, double[,] R, double[,] P)
{
    private const string Brown = "plumb_bob", Rational = "rational_polynomial";

    public static bool Fits(YamlNumbers file) => file.Has("camera_matrix") && file.Has("projection_matrix") && file.Has("rectification_matrix");

    public static RosCameraInfo Read(YamlNumbers file)
    {
        var model = file.Word("distortion_model") ?? Brown;
        if (model is not (Brown or Rational))
            throw new InvalidDataException($"{file.Path} has the lens model '{model}'; {Brown} and {Rational} are read. Calibrate the rig with receiver calibrate.");
        return new(file.Path, file.Integer("image_width"), file.Integer("image_height"),
            file.Matrix("camera_matrix", 3, 3), file.Vector("distortion_coefficients"), file.Matrix("rectification_matrix", 3, 3), file.Matrix("projection_matrix", 3, 4));
    }

    public static string Write(string name, int width, int height, double[,] k, double[] d, double[,] r, double[,] p)
    {
        // plumb_bob has five coefficients; image_geometry takes anything longer for the rational model, in OpenCV's order.
        double[] five = d.Length == 4 ? [.. d, 0] : d;
        var yaml = new StringBuilder().Append(CultureInfo.InvariantCulture, $"image_width: {width}\nimage_height: {height}\ncamera_name: {name}\n");
        Matrix("camera_matrix", 3, 3, YamlText.Values(k));
        yaml.Append(CultureInfo.InvariantCulture, $"distortion_model: {(five.Length == 5 ? Brown : Rational)}\n");
        Matrix("distortion_coefficients", 1, five.Length, five);
        Matrix("rectification_matrix", 3, 3, YamlText.Values(r));
        Matrix("projection_matrix", 3, 4, YamlText.Values(p));
        return yaml.ToString();

        void Matrix(string key, int rows, int columns, IEnumerable<double> values) => yaml.Matrix(key, "", "", rows, columns, values);
    }
}
