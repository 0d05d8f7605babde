using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Vision;

public class BlockMatcherTests
{
    [Fact]
    public void The_matcher_gives_what_a_direct_call_with_the_blogs_settings_gives()
    {
        using var left = EncodedPicture.DecodeGrey(File.ReadAllBytes(TestFiles.Shared("middlebury-teddy/im2.png")), "left");
        using var right = EncodedPicture.DecodeGrey(File.ReadAllBytes(TestFiles.Shared("middlebury-teddy/im6.png")), "right");
        using var direct = StereoBM.Create(128, 21);
        direct.MinDisparity = 4;
        direct.SpeckleRange = 16;
        direct.SpeckleWindowSize = 45;
        using var expected = new Mat();
        direct.Compute(left, right, expected);

        using var matcher = new BlockMatcher();
        matcher.Compute(left, right);
        var map = matcher.Compute(left, right);   // the second pair goes through used buffers

        for (var y = 0; y < map.Height; y++)
            Assert.Equal(expected.RowSpan<short>(y).ToArray(), map.Row(y).ToArray());
        Assert.Equal(54.197, map.DensityPercent(), 0.01);
    }

    // The same call in Python (OpenCV 4.6) gave these; the bounds leave 0.2 points to another OpenCV.
    [Theory]
    [InlineData("middlebury-teddy", "im2.png", "im6.png", "disp2.png", 4, 0, 64, 15, 9.402, 7.849, 2.516, 69.700)]
    [InlineData("middlebury-teddy", "im2.png", "im6.png", "disp2.png", 4, 4, 128, 21, 11.286, 9.650, 2.452, 53.895)]
    [InlineData("middlebury-tsukuba", "im3.png", "im4.png", "disp3.pgm", 16, 0, 16, 15, 5.684, 4.259, 1.107, 91.221)]
    public void Real_pictures_score_as_they_should(
        string folder, string leftFile, string rightFile, string truthFile, int scale, int minDisparity, int numDisparities, int blockSize,
        double bad1, double bad2, double rms, double density)
    {
        var truth = FloatPicture.Read(TestFiles.Shared($"{folder}/{truthFile}"), scale);
        using var pipeline = new DepthPipeline(
            parameters: new StereoBmParameters { MinDisparity = minDisparity, NumDisparities = numDisparities, BlockSize = blockSize });
        var frame = pipeline.Process(
            File.ReadAllBytes(TestFiles.Shared($"{folder}/{leftFile}")), File.ReadAllBytes(TestFiles.Shared($"{folder}/{rightFile}")));

        var score = DisparityScore.Evaluate(frame.Disparity.ToPicture(), truth);

        Assert.Equal(bad1, score.Bad1!.Value, 0.2);
        Assert.Equal(bad2, score.Bad2!.Value, 0.2);
        Assert.Equal(rms, score.Rms!.Value, 0.05);
        Assert.Equal(density, score.Density, 0.2);
    }

    public static TheoryData<StereoBmParameters, string> Refused => new()
    {
        { new() { NumDisparities = 0 }, "numDisparities is 0; a positive multiple of 16 is allowed." },
        { new() { NumDisparities = 100 }, "numDisparities is 100; a positive multiple of 16 is allowed." },
        { new() { NumDisparities = -16 }, "numDisparities is -16; a positive multiple of 16 is allowed." },
        { new() { MinDisparity = 2000 }, "minDisparity is 2000 with numDisparities 128; -2047 to 2047 px can be held." },
        { new() { MinDisparity = int.MinValue }, "minDisparity is -2147483648" },
        { new() { BlockSize = 20 }, "blockSize is 20; an odd number from 5 to 255 is allowed." },
        { new() { BlockSize = 3 }, "blockSize is 3; an odd number from 5 to 255 is allowed." },
        { new() { BlockSize = 257 }, "blockSize is 257; an odd number from 5 to 255 is allowed." },
        { new() { SpeckleRange = -1 }, "speckleRange is -1; 0 to 2047 px is allowed." },
        { new() { SpeckleWindowSize = -1 }, "speckleWindowSize is -1; 0 pixels or more is allowed." },
        { new() { UniquenessRatio = -1 }, "uniquenessRatio is -1; 0 to 100 per cent is allowed." },
        { new() { UniquenessRatio = 101 }, "uniquenessRatio is 101; 0 to 100 per cent is allowed." },
        { new() { TextureThreshold = -1 }, "textureThreshold is -1; 0 or more is allowed." },
        { new() { PreFilterCap = 0 }, "preFilterCap is 0; 1 to 63 is allowed." },
        { new() { PreFilterCap = 64 }, "preFilterCap is 64; 1 to 63 is allowed." },
        { new() { Disp12MaxDiff = 5000 }, "disp12MaxDiff is 5000; up to 2047 px, or a negative number, is allowed." },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_parameter_that_cannot_be_is_refused_with_a_sentence(StereoBmParameters parameters, string sentence)
    {
        var error = Assert.Throws<ArgumentException>(() => new BlockMatcher(parameters).Dispose());
        Assert.StartsWith(sentence, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, 20, 16, 21, "blockSize is 21; it must be smaller than the picture, which is 100x20.")]
    [InlineData(100, 21, 16, 21, "blockSize is 21; it must be smaller than the picture, which is 100x21.")]
    [InlineData(100, 100, 128, 21, "minDisparity 4 and numDisparities 128 reach 132 px; the picture is 100 px wide.")]
    public void A_picture_too_small_for_the_parameters_is_refused(int width, int height, int numDisparities, int blockSize, string sentence)
    {
        using var matcher = new BlockMatcher(new StereoBmParameters { NumDisparities = numDisparities, BlockSize = blockSize });
        using var picture = new Mat(height, width, MatType.CV_8UC1, new Scalar(0));
        var error = Assert.Throws<ArgumentException>(() => matcher.Compute(picture, picture));
        Assert.Equal(sentence, error.Message);
    }

    [Theory]
    [InlineData(22, 22, 5)]   // the smallest that is allowed
    [InlineData(256, 30, 15)]
    public void A_picture_just_large_enough_is_matched(int width, int height, int blockSize)
    {
        using var matcher = new BlockMatcher(new StereoBmParameters { NumDisparities = 16, BlockSize = blockSize });
        using var picture = new Mat(height, width, MatType.CV_8UC1, new Scalar(0));
        Assert.Equal(0, matcher.Compute(picture, picture).CountValid());
    }

    [Fact]
    public void Colour_pictures_and_unequal_pairs_are_refused()
    {
        using var matcher = new BlockMatcher();
        using var grey = new Mat(240, 320, MatType.CV_8UC1, new Scalar(0));
        using var colour = new Mat(240, 320, MatType.CV_8UC3, new Scalar(0));
        using var small = new Mat(240, 300, MatType.CV_8UC1, new Scalar(0));
        Assert.Contains("grey", Assert.Throws<InvalidDataException>(() => matcher.Compute(colour, colour)).Message, StringComparison.Ordinal);
        Assert.Contains("320x240, the right one 300x240", Assert.Throws<InvalidDataException>(() => matcher.Compute(grey, small)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_map_tells_valid_from_invalid()
    {
        short none = 3 * 16;
        var values = Enumerable.Repeat(none, 103).ToArray();   // no multiple of a vector's width
        values[5] = 4 * 16;
        values[102] = 10 * 16 + 8;
        var map = new DisparityMap(103, 1, values, 4, 128);

        Assert.Equal(2, map.CountValid());
        Assert.Equal(200.0 / 103, map.DensityPercent(), 10);
        Assert.True(map.IsValid(5, 0));
        Assert.False(map.IsValid(4, 0));
        Assert.Equal(10.5f, map[102, 0]);
        Assert.Equal(float.PositiveInfinity, map[0, 0]);
        Assert.Equal(10.5f, map.ToPicture()[102, 0]);
        Assert.Equal(float.PositiveInfinity, map.ToPicture()[0, 0]);
    }
}
