using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using OpenCvSharp;

namespace PiStereoLink.Tests.SimulatedCamera;

public class StillPictureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exif_says_what_took_it_and_holds_a_whole_jpeg()
    {
        var (exitCode, jpeg, _) = await CameraProcess.RunAsync(Stills.AtOnce + "--width 640 --height 480 -o -", named: "rpicam-still");
        Assert.Equal(0, exitCode);
        Assert.Equal((640, 480), Jpegs.Size(jpeg));
        // The thumbnail has a start and an end of image of its own.
        Assert.Equal(2, Jpegs.Split(jpeg).Count);

        var folders = ImageMetadataReader.ReadMetadata(new MemoryStream(jpeg));
        var picture = folders.OfType<ExifIfd0Directory>().Single();
        var about = folders.OfType<ExifSubIfdDirectory>().Single();
        var small = folders.OfType<ExifThumbnailDirectory>().Single();
        Assert.Equal(("Raspberry Pi", "imx219", "rpicam-apps"), (picture.GetString(ExifDirectoryBase.TagMake), picture.GetString(ExifDirectoryBase.TagModel), picture.GetString(ExifDirectoryBase.TagSoftware)));
        Assert.Equal(0.01, about.GetDouble(ExifDirectoryBase.TagExposureTime), 1e-9);
        Assert.Equal(200, about.GetInt32(ExifDirectoryBase.TagIsoEquivalent));
        Assert.InRange(picture.GetDateTime(ExifDirectoryBase.TagDateTime), DateTime.Now.AddMinutes(-2), DateTime.Now);
        // From where TIFF begins: after SOI, the segment's marker and length, and "Exif\0\0".
        var at = 12 + small.GetInt32(ExifThumbnailDirectory.TagThumbnailOffset);
        var thumbnail = jpeg[at..(at + small.GetInt32(ExifThumbnailDirectory.TagThumbnailLength))];
        Assert.True(Jpegs.IsWhole(thumbnail));
        Assert.Equal((320, 240), Jpegs.Size(thumbnail));
        using var decoded = Cv2.ImDecode(jpeg, ImreadModes.Color);
        Assert.Equal((640, 480), (decoded.Cols, decoded.Rows));
    }

    [Theory]
    [InlineData("--thumb none", 1)]
    [InlineData("--thumb 64:48:30", 2)]
    public async Task A_thumbnail_can_be_left_out_or_chosen(string option, int jpegs)
    {
        var (_, stdout, _) = await CameraProcess.RunAsync(Stills.AtOnce + Stills.Small + option + " -o -", named: "rpicam-still");
        var parts = Jpegs.Split(stdout);
        Assert.Equal(jpegs, parts.Count);
        if (jpegs == 2)
            Assert.Equal((64, 48), Jpegs.Size(parts[1]));
    }

    [Fact]
    public async Task Each_encoding_holds_the_same_picture()
    {
        var rgb = await Stills.RgbAsync(Stills.AtOnce + Stills.Small);
        Assert.Equal(160 * 120 * 3, rgb.Length);
        foreach (var encoding in (string[])["jpg", "png", "bmp"])
        {
            var (_, bytes, stderr) = await CameraProcess.RunAsync(Stills.AtOnce + Stills.Small + $"-e {encoding} -o -", named: "rpicam-still");
            using var mat = Cv2.ImDecode(bytes, ImreadModes.Color);
            Assert.True(mat.Rows == 120, $"{encoding}: {stderr}");
            var decoded = new byte[rgb.Length];
            System.Runtime.InteropServices.Marshal.Copy(mat.Data, decoded, 0, decoded.Length);
            for (var i = 0; i < decoded.Length; i += 3)
                (decoded[i], decoded[i + 2]) = (decoded[i + 2], decoded[i]);
            // The ball has moved on, and there is noise.
            Assert.True(Stills.Difference(rgb, decoded) < 8, encoding);
        }
        var (_, yuv, _) = await CameraProcess.RunAsync(Stills.AtOnce + Stills.Small + "-e yuv420 -o -", named: "rpicam-still");
        Assert.Equal(160 * 120 * 3 / 2, yuv.Length);
        Assert.True(Stills.Difference(yuv[..(160 * 120)], Enumerable.Range(0, 160 * 120).Select(i => (byte)(0.299 * rgb[3 * i] + 0.587 * rgb[3 * i + 1] + 0.114 * rgb[3 * i + 2]))) < 8);
    }

    [Fact]
    public async Task Flips_and_rotation_turn_the_picture()
    {
        var plain = await Stills.RgbAsync(Stills.AtOnce + Stills.Small);
        var across = await Stills.RgbAsync(Stills.AtOnce + Stills.Small + "--hflip");
        var down = await Stills.RgbAsync(Stills.AtOnce + Stills.Small + "--vflip");
        var turned = await Stills.RgbAsync(Stills.AtOnce + Stills.Small + "--rotation 180");
        Assert.All((byte[][])[across, down, turned], other => Assert.True(Stills.Difference(plain, other) > 15));
        Assert.True(Stills.Difference(plain, Moved(across, (x, y) => (159 - x, y))) < 8);
        Assert.True(Stills.Difference(plain, Moved(down, (x, y) => (x, 119 - y))) < 8);
        Assert.True(Stills.Difference(plain, Moved(turned, (x, y) => (159 - x, 119 - y))) < 8);

        static byte[] Moved(byte[] rgb, Func<int, int, (int X, int Y)> from) =>
            [.. from y in Enumerable.Range(0, 120) from x in Enumerable.Range(0, 160) let place = @from(x, y) from c in Enumerable.Range(0, 3) select rgb[3 * (place.Y * 160 + place.X) + c]];
    }

    [Fact]
    public async Task A_roi_is_cut_out_of_the_sensors_picture()
    {
        var cut = await Stills.RgbAsync(Stills.AtOnce + Stills.Small + "--roi 0.25,0.5,0.5,0.5");
        var whole = await Stills.RgbAsync(Stills.AtOnce + "--width 320 --height 240");
        var part = from y in Enumerable.Range(120, 120) from i in Enumerable.Range(3 * 80, 3 * 160) select whole[3 * 320 * y + i];
        Assert.True(Stills.Difference(cut, part) < 8);
    }

    [Fact]
    public async Task Exposure_and_colour_gains_show()
    {
        var dark = await Mean("--shutter 5000 --gain 2 --awbgains 1.62,1.87");
        var bright = await Mean("--shutter 10000 --gain 2 --awbgains 1.62,1.87");
        var brighter = await Mean("--shutter 10000 --gain 4 --awbgains 1.62,1.87");
        var red = await Mean("--shutter 10000 --gain 2 --awbgains 3.2,1.87");
        Assert.True(dark.Green * 1.2 < bright.Green && bright.Green * 1.15 < brighter.Green, $"{dark} {bright} {brighter}");
        Assert.True(red.Red > bright.Red * 1.15);
        Assert.Equal(bright.Green, red.Green, bright.Green * 0.05);

        static async Task<(double Red, double Green)> Mean(string exposure)
        {
            var rgb = await Stills.RgbAsync("-n --immediate " + Stills.Small + exposure);
            return (rgb.Where((_, i) => i % 3 == 0).Average(value => value), rgb.Where((_, i) => i % 3 == 1).Average(value => value));
        }
    }

    [Fact]
    public async Task A_raw_file_stands_beside_the_picture_and_shows_it()
    {
        using var folder = new ScratchFolder();
        var (exitCode, _, stderr) = await CameraProcess.RunAsync(Stills.AtOnce + Stills.Small + "-r -o " + folder.File("a.jpg"), named: "rpicam-still");
        Assert.True(exitCode == 0, stderr);
        var dng = await File.ReadAllBytesAsync(folder.File("a.dng"), Token);
        var read = await Tool.RunInstalledAsync("exiftool", "-s", "-FileType", "-CFAPattern2", "-WhiteLevel", "-Warning", "-Error", folder.File("a.dng"));
        Assert.Equal(["FileType:DNG", "CFAPattern2:0112", "WhiteLevel:1023"], read.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Replace(" ", "", StringComparison.Ordinal)));

        // Every second pixel of every second row is green: brighter there where the picture is.
        var jpeg = await File.ReadAllBytesAsync(folder.File("a.jpg"), Token);
        using var mat = Cv2.ImDecode(jpeg, ImreadModes.Color);
        var mosaic = dng[^(2 * 160 * 120)..];
        var pairs = (from y in Enumerable.Range(0, 60) from x in Enumerable.Range(0, 80) select (Linear: Math.Pow(mat.At<Vec3b>(2 * y, 2 * x + 1).Item1 / 255.0, 2.2), Raw: BitConverter.ToUInt16(mosaic, 2 * (2 * y * 160 + 2 * x + 1)))).ToList();
        Assert.True(pairs.Average(pair => Math.Abs(64 + 959 * pair.Linear - pair.Raw)) < 15);
    }
}
