using System.Text.Json;
using PiStereoLink.Tests.Chessboard;
using PiStereoLink.Tests.Vision;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.CalibrationFormats;

/// <summary>What is written here is read by the programs that own the form, and what they write is read here.</summary>
public sealed class CalibrationFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("calibration-");
    private readonly StereoCalibration rig = StereoCalibration.FromCameras(MadeUpRig.Width, MadeUpRig.Height, MadeUpRig.Cameras, rmsPx: 0.21, board: new ChessBoard(9, 6, 0.025));

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task OpenCv_reads_what_is_written_value_by_value()
    {
        var path = Write("rig.yml");
        var read = await PythonOpenCv.RunAsync("""
            f = cv2.FileStorage(sys.argv[1], cv2.FILE_STORAGE_READ)
            matrices = {n: f.getNode(n).mat().reshape(-1).tolist() for n in 'M1 D1 M2 D2 R T R1 R2 P1 P2 Q'.split()}
            numbers = {n: [f.getNode(n).real()] for n in 'image_width image_height rms board_width board_height square_size'.split()}
            print(json.dumps({**matrices, **numbers}))
            """, path);
        var values = JsonSerializer.Deserialize<Dictionary<string, double[]>>(read)!;
        var (cameras, geometry) = (rig.Cameras!, rig.Rectification!);
        Assert.Equal(cameras.K1.Cast<double>(), values["M1"]);
        Assert.Equal(cameras.D1, values["D1"]);
        Assert.Equal(cameras.K2.Cast<double>(), values["M2"]);
        Assert.Equal(cameras.D2, values["D2"]);
        Assert.Equal(cameras.R.Cast<double>(), values["R"]);
        Assert.Equal(cameras.T, values["T"]);
        Assert.Equal(geometry.R1.Cast<double>(), values["R1"]);
        Assert.Equal(geometry.P2.Cast<double>(), values["P2"]);
        Assert.Equal(geometry.Q.Cast<double>(), values["Q"]);
        Assert.Equal([320], values["image_width"]);
        Assert.Equal([0.21], values["rms"]);
        Assert.Equal([0.025], values["square_size"]);
    }

    [Theory]
    [InlineData("written.yml", "opencv-yaml")]
    [InlineData("written.xml", "opencv-xml")]
    public async Task What_OpenCv_writes_is_read(string name, string kind)
    {
        var (npz, yml) = (Write("rig.npz"), In(name));
        await PythonOpenCv.RunAsync("""
            a = np.load(sys.argv[1], allow_pickle=False)
            f = cv2.FileStorage(sys.argv[2], cv2.FILE_STORAGE_WRITE)
            f.writeComment('by Python')
            f.write('image_width', int(a['imageSize'][0])); f.write('image_height', int(a['imageSize'][1]))
            for theirs, ours in zip('M1 D1 M2 D2 R T R1 R2 P1 P2 Q'.split(), 'K1 D1 K2 D2 R T R1 R2 P1 P2 Q'.split()):
                f.write(theirs, a[ours])
            f.release()
            """, npz, yml);
        var read = CalibrationFile.Load([yml]);
        Assert.Equal(kind, read.Kind);
        AssertSame(read.Calibration, tolerance: 1e-15);
    }

    [Theory]
    [InlineData(".yml")]
    [InlineData(".xml")]
    public async Task The_two_files_of_OpenCvs_sample_are_read_together_and_alone_say_what_is_missing(string ending)
    {
        var npz = Write("rig.npz");
        await PythonOpenCv.RunAsync("""
            a = np.load(sys.argv[1], allow_pickle=False)
            for name, keys in (('intrinsics', {'M1': 'K1', 'D1': 'D1', 'M2': 'K2', 'D2': 'D2'}), ('extrinsics', dict(zip('R T R1 R2 P1 P2 Q'.split(), 'R T R1 R2 P1 P2 Q'.split())))):
                f = cv2.FileStorage(sys.argv[2] + '/' + name + sys.argv[3], cv2.FILE_STORAGE_WRITE)
                for theirs, ours in keys.items():
                    # The sample counts in squares of its board.
                    f.write(theirs, a[ours] / 0.025 if theirs == 'T' else a[ours] if theirs != 'P2' else a[ours] / np.array([[1, 1, 1, 0.025]]))
                f.release()
            """, npz, folder.FullName, ending);
        var hints = new CalibrationHints(0.025, (MadeUpRig.Width, MadeUpRig.Height));
        AssertSame(CalibrationFile.Load([folder.FullName], hints).Calibration, tolerance: 1e-12);

        var error = Assert.Throws<InvalidDataException>(() => CalibrationFile.Load([In("intrinsics" + ending), In("extrinsics" + ending)]));
        Assert.Contains("does not tell the pictures' size. Give it: receiver calibration --in", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<InvalidDataException>(() => CalibrationFile.Load([In("intrinsics" + ending)], hints));
        Assert.Contains("has no 'T'. A stereo calibration of OpenCV has M1, D1, M2, D2, R and T, in one file or in two", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenCvs_own_sample_file_is_understood_as_far_as_it_goes()
    {
        var sample = TestFiles.Shared("chessboard-opencv/intrinsics.yml");
        var error = Assert.Throws<InvalidDataException>(() => CalibrationFile.Load([sample], new CalibrationHints(Size: (640, 480))));
        Assert.Contains("has no 'T'", error.Message, StringComparison.Ordinal);
        var extrinsics = In("extrinsics.yml");
        File.WriteAllText(extrinsics, "%YAML:1.0\n---\nR: !!opencv-matrix\n   rows: 3\n   cols: 3\n   dt: d\n   data: [ 1., 0., 0., 0., 1., 0., 0., 0., 1. ]\n"
            + "T: !!opencv-matrix\n   rows: 3\n   cols: 1\n   dt: d\n   data: [ -3.3, 0., 0. ]\n");
        var read = CalibrationFile.Load([sample, extrinsics], new CalibrationHints(0.025, (640, 480))).Calibration;
        Assert.Equal(534.80326845051309, read.Cameras!.K1[0, 0]);
        Assert.Equal(-1.0354662043042675, read.Cameras.D1[1]);
        Assert.Equal(0.0825, read.BaselineMetres!.Value, 9);
    }

    [Fact]
    public async Task Ros_files_are_what_a_Yaml_reader_expects_and_come_back_the_same()
    {
        var files = CalibrationFile.ToFiles(rig, In("ros"));
        Directory.CreateDirectory(In("ros"));
        foreach (var (path, bytes) in files)
            await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        Assert.Equal([Path.Combine(In("ros"), "left.yaml"), Path.Combine(In("ros"), "right.yaml")], files.Select(file => file.Path));

        var read = await PythonOpenCv.RunAsync("""
            import yaml
            both = [yaml.safe_load(open(f'{sys.argv[1]}/{eye}.yaml')) for eye in ('left', 'right')]
            for info in both:
                for matrix in ('camera_matrix', 'distortion_coefficients', 'rectification_matrix', 'projection_matrix'):
                    m = info[matrix]
                    assert len(m['data']) == m['rows'] * m['cols'] and all(type(v) is float for v in m['data'])
            print(json.dumps(both))
            """, In("ros"));
        using var both = JsonDocument.Parse(read);
        var right = both.RootElement[1];
        Assert.Equal(("right", 320, 240, "plumb_bob"), (right.GetProperty("camera_name").GetString(), right.GetProperty("image_width").GetInt32(),
            right.GetProperty("image_height").GetInt32(), right.GetProperty("distortion_model").GetString()));
        var projection = right.GetProperty("projection_matrix").GetProperty("data").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        Assert.Equal(rig.Rectification!.P2.Cast<double>(), projection);
        Assert.Equal(-MadeUpRig.BaselineMetres, projection[3] / projection[0], 4);

        AssertSame(CalibrationFile.Load([In("ros")]).Calibration, tolerance: 1e-9);
        // In whichever order.
        AssertSame(CalibrationFile.Load([files[1].Path, files[0].Path]).Calibration, tolerance: 1e-9);
        var error = Assert.Throws<InvalidDataException>(() => CalibrationFile.Load([files[0].Path]));
        Assert.Contains("is one camera of a ROS pair; a rig needs both", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<InvalidDataException>(() => CalibrationFile.Load([files[0].Path, files[0].Path]));
        Assert.Contains("are no stereo pair", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_five_coefficients_are_ROSs_rational_model_and_its_fisheye_is_refused()
    {
        var wide = StereoCalibration.FromCameras(320, 240, MadeUpRig.Cameras with { D1 = [0.1, 0.2, 0, 0, 0.01, 0.3, 0.1, 0.02] });
        var left = System.Text.Encoding.UTF8.GetString(CalibrationFile.ToFiles(wide, In("ros"))[0].Bytes);
        Assert.Contains("distortion_model: rational_polynomial\ndistortion_coefficients:\n  rows: 1\n  cols: 8\n", left, StringComparison.Ordinal);

        File.WriteAllText(In("left.yaml"), left.Replace("rational_polynomial", "equidistant", StringComparison.Ordinal));
        File.WriteAllText(In("right.yaml"), left);
        var error = Assert.Throws<InvalidDataException>(() => CalibrationFile.Load([folder.FullName]));
        Assert.Contains("has the lens model 'equidistant'; plumb_bob and rational_polynomial are read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Maps_alone_are_no_camera_file()
    {
        var maps = StereoCalibration.Load(Data("blog.npz"));
        var error = Assert.Throws<InvalidDataException>(() => CalibrationFile.ToFiles(maps, In("rig.yml")));
        Assert.Equal("An OpenCV YAML file tells the cameras, and this calibration holds rectification maps without them. Keep it as .npz, or calibrate the rig (receiver calibrate).", error.Message);
        Assert.Single(CalibrationFile.ToFiles(maps, In("rig.npz")));
    }

    [Theory]
    [InlineData("", "holds no names with values")]
    [InlineData("%YAML:1.0\n---\nM1: [1, 2\n", "is no YAML that can be read: line")]
    [InlineData("image_width: 640\nimage_height: 480\nM1: 5\nT: 1\n", "has no matrix 'T'")]
    [InlineData("<?xml version=\"1.0\"?>\n<opencv_storage>\n<M1>5</M1>", "is no XML that can be read: line")]
    [InlineData("<svg></svg>", "its outermost element is <opencv_storage>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"b\">]><opencv_storage>&b;</opencv_storage>", "is no XML that can be read: line")]
    [InlineData("<opencv_storage><image_width>640</image_width><image_height>480</image_height><M1>5</M1><T><rows>3</rows></T></opencv_storage>", "has no matrix 'T'")]
    public void What_is_no_calibration_is_refused_with_its_name(string text, string expected)
    {
        File.WriteAllText(In("odd.yml"), text);
        var error = Assert.Throws<InvalidDataException>(() => CalibrationFile.Load([In("odd.yml")]));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("odd.yml", error.Message, StringComparison.Ordinal);
    }

    private void AssertSame(StereoCalibration read, double tolerance)
    {
        Assert.Equal((rig.ImageWidth, rig.ImageHeight), (read.ImageWidth, read.ImageHeight));
        AssertNear(rig.Cameras!.K1, read.Cameras!.K1);
        AssertNear(rig.Cameras.R, read.Cameras.R);
        Assert.All(rig.Cameras.T.Zip(read.Cameras.T), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        Assert.Equal(rig.Cameras.D2, read.Cameras.D2);
        AssertNear(rig.Rectification!.R2, read.Rectification!.R2);
        AssertNear(rig.Rectification.Q, read.Rectification.Q);
        for (var i = 0; i < rig.LeftMapX.Length; i++)
            Assert.True(Math.Abs(rig.LeftMapX[i] - read.LeftMapX[i]) < 1e-3 && Math.Abs(rig.RightMapY[i] - read.RightMapY[i]) < 1e-3);
        // Ours looks at the maps; OpenCV samples the border at 9 x 9 places.
        Assert.InRange(read.LeftRoi.Width, rig.LeftRoi.Width - 4, rig.LeftRoi.Width + 4);

        void AssertNear(double[,] expected, double[,] actual) =>
            Assert.All(expected.Cast<double>().Zip(actual.Cast<double>()), pair => Assert.Equal(pair.First, pair.Second, tolerance * Math.Max(1, Math.Abs(pair.First)) * 10));
    }

    private string Write(string name)
    {
        var (path, bytes) = Assert.Single(CalibrationFile.ToFiles(rig, In(name)));
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string Data(string name) => Path.Combine(Repository.Root!, "tests", "PiStereoLink.Tests", "Vision", "data", name);

    private string In(string name) => Path.Combine(folder.FullName, name);
}
