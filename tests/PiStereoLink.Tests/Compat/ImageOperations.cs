using OpenCvSharp;

namespace PiStereoLink.Tests.Compat;

public class ImageOperations
{
    [Fact]
    public void Remap_by_the_identity_changes_nothing()
    {
        using var picture = Pictures.Texture(30, 40);
        using var maps = new IdentityMaps(30, 40);
        using var mapped = new Mat();
        Cv2.Remap(picture, mapped, maps.X, maps.Y);
        Assert.Equal(picture.AsSpan<byte>(), mapped.AsSpan<byte>());
    }

    [Fact]
    public void Remap_by_fixed_point_maps_does_the_same()
    {
        using var picture = Pictures.Texture(30, 40);
        using var maps = new IdentityMaps(30, 40);
        using Mat places = new(), fractions = new(), mapped = new();
        Cv2.ConvertMaps(maps.X, maps.Y, places, fractions, MatType.CV_16SC2);
        Cv2.Remap(picture, mapped, places, fractions);
        Assert.Equal(MatType.CV_16SC2, places.Type());
        Assert.Equal(picture.AsSpan<byte>(), mapped.AsSpan<byte>());
    }

    [Fact]
    public void Remap_fills_what_lies_outside_with_the_border_value()
    {
        using var picture = Pictures.Texture(30, 40);
        using var maps = new IdentityMaps(30, 40);
        using var mapped = new Mat();
        maps.X.SetTo(new Scalar(-5));
        Cv2.Remap(picture, mapped, maps.X, maps.Y, InterpolationFlags.Nearest, BorderTypes.Constant, new Scalar(77));
        Assert.Equal(-1, mapped.AsSpan<byte>().IndexOfAnyExcept((byte)77));
    }

    [Fact]
    public void Colours_become_grey_by_their_weights()
    {
        using var picture = new Mat(4, 4, MatType.CV_8UC3, new Scalar(10, 100, 200));
        using var grey = new Mat();
        Cv2.CvtColor(picture, grey, ColorConversionCodes.BGR2GRAY);
        Assert.Equal((byte)Math.Round((0.114 * 10) + (0.587 * 100) + (0.299 * 200)), grey.At<byte>(0, 0));
        Cv2.CvtColor(grey, grey, ColorConversionCodes.GRAY2BGR);
        Assert.Equal(MatType.CV_8UC3, grey.Type());
    }

    [Fact]
    public void A_picture_is_resized_and_turned_over()
    {
        using var picture = Pictures.Matrix(1, 3, 1, 2, 3);
        using Mat wide = new(), half = new(), mirrored = new();
        Cv2.Resize(picture, wide, new Size(6, 2), interpolation: InterpolationFlags.Nearest);
        Cv2.Resize(wide, half, new Size(), 0.5, 0.5, InterpolationFlags.Area);
        Cv2.Flip(picture, mirrored, FlipMode.Y);
        Assert.Equal([1, 1, 2, 2, 3, 3], wide.RowSpan<double>(1).ToArray());
        Assert.Equal([1, 2, 3], half.AsSpan<double>().ToArray());
        Assert.Equal([3, 2, 1], mirrored.AsSpan<double>().ToArray());
    }

    [Fact]
    public void A_scale_of_colours_begins_where_it_says()
    {
        using var grey = new Mat(1, 2, MatType.CV_8UC1, Scalar.All(0));
        grey.Set<byte>(0, 1, 255);
        using Mat jet = new(), own = new(), scale = new(256, 1, MatType.CV_8UC3, Scalar.All(3));
        Cv2.ApplyColorMap(grey, jet, ColormapTypes.Jet);
        Cv2.ApplyColorMap(grey, own, scale);
        Assert.Equal([new Vec3b(128, 0, 0), new Vec3b(0, 0, 128)], jet.AsSpan<Vec3b>().ToArray());
        Assert.Equal(new Vec3b(3, 3, 3), own.At<Vec3b>(0, 1));
    }

    [Fact]
    public void Extremes_are_found_and_ranges_stretched()
    {
        using var numbers = Pictures.Matrix(2, 3, 4, -1, 2, 0, 9, 5);
        Cv2.MinMaxLoc(numbers, out double least, out double most);
        Cv2.MinMaxLoc(numbers, out Point leastAt, out Point mostAt);
        Assert.Equal((-1, 9, new Point(1, 0), new Point(1, 1)), (least, most, leastAt, mostAt));

        using var mask = new Mat(2, 3, MatType.CV_8UC1, Scalar.All(0));
        mask.Set<byte>(0, 0, 1);
        mask.Set<byte>(0, 2, 1);
        Cv2.MinMaxLoc(numbers, out least, out most, out leastAt, out mostAt, mask);
        Assert.Equal((2, 4, new Point(2, 0), new Point(0, 0)), (least, most, leastAt, mostAt));

        Cv2.Normalize(numbers, numbers, 0, 100, NormTypes.MinMax);
        Assert.Equal([50, 0, 30, 10, 100, 60], numbers.AsSpan<double>().ToArray().Select(number => Math.Round(number, 6)));
    }

    [Fact]
    public void Lines_boxes_and_letters_are_drawn()
    {
        using var picture = new Mat(60, 120, MatType.CV_8UC3, Scalar.Black);
        Cv2.Line(picture, 0, 5, 119, 5, Scalar.Red);
        Cv2.Line(picture, new Point(0, 7), new Point(119, 7), Scalar.Lime);
        Cv2.Rectangle(picture, new Rect(10, 10, 4, 3), Scalar.Blue, -1);
        Cv2.Rectangle(picture, new Point(20, 10), new Point(23, 12), Scalar.White, -1);
        Assert.Equal(new Vec3b(0, 0, 255), picture.At<Vec3b>(5, 60));
        Assert.Equal(new Vec3b(0, 255, 0), picture.At<Vec3b>(7, 60));
        Assert.Equal((new Vec3b(255, 0, 0), default(Vec3b)), (picture.At<Vec3b>(12, 13), picture.At<Vec3b>(12, 14)));
        Assert.Equal(new Vec3b(255, 255, 255), picture.At<Vec3b>(12, 23));

        using var letters = new Mat(60, 120, MatType.CV_8UC1, Scalar.Black);
        Cv2.PutText(letters, "42 mm", new Point(5, 40), HersheyFonts.HersheySimplex, 1, Scalar.White);
        Assert.NotEqual(-1, letters.AsSpan<byte>().IndexOf((byte)255));
    }

    [Fact]
    public void The_number_of_threads_is_a_setting_of_the_process()
    {
        var before = Cv2.GetNumThreads();
        Assert.True(before >= 1);
        Cv2.SetNumThreads(before);
        Assert.Equal(before, Cv2.GetNumThreads());
        Assert.StartsWith("4.", Cv2.GetVersionString(), StringComparison.Ordinal);
    }

    private sealed class IdentityMaps : IDisposable
    {
        public IdentityMaps(int rows, int columns)
        {
            (X, Y) = (new Mat(rows, columns, MatType.CV_32FC1), new Mat(rows, columns, MatType.CV_32FC1));
            for (var row = 0; row < rows; row++)
                for (var column = 0; column < columns; column++)
                    (X.At<float>(row, column), Y.At<float>(row, column)) = (column, row);
        }

        public Mat X { get; }

        public Mat Y { get; }

        public void Dispose()
        {
            X.Dispose();
            Y.Dispose();
        }
    }
}
