using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Vision;

public class SemiGlobalMatcherTests
{
    // The figures of ../shared/data/README.md: OpenCV 4.6, called from Python with the parameters that are our defaults.
    [Theory]
    [InlineData("middlebury-tsukuba", "im3.png", "im4.png", "disp3.pgm", 16, 32, SgbmMode.Sgbm, 6.02, 4.50, 93.6)]
    [InlineData("middlebury-tsukuba", "im3.png", "im4.png", "disp3.pgm", 16, 32, SgbmMode.ThreeWay, 5.39, 3.76, 93.5)]
    [InlineData("middlebury-tsukuba", "im3.png", "im4.png", "disp3.pgm", 16, 32, SgbmMode.Hh, 5.29, 3.79, 93.9)]
    [InlineData("middlebury-teddy", "im2.png", "im6.png", "disp2.png", 4, 64, SgbmMode.Sgbm, 9.24, 6.82, 81.1)]
    [InlineData("middlebury-teddy", "im2.png", "im6.png", "disp2.png", 4, 64, SgbmMode.ThreeWay, 8.65, 6.25, 81.3)]
    [InlineData("middlebury-teddy", "im2.png", "im6.png", "disp2.png", 4, 64, SgbmMode.Hh, 9.07, 6.81, 80.7)]
    public void Real_pictures_score_as_OpenCV_does(
        string folder, string left, string right, string truthFile, int scale, int numDisparities, SgbmMode mode, double bad1, double bad2, double density)
    {
        var truth = FloatPicture.Read(TestFiles.Shared($"{folder}/{truthFile}"), scale);
        using var pipeline = new DepthPipeline(parameters: new StereoSgbmParameters
        {
            MinDisparity = 0,
            NumDisparities = numDisparities,
            BlockSize = 5,
            P1 = 200,
            P2 = 800,
            Disp12MaxDiff = 1,
            PreFilterCap = 63,
            UniquenessRatio = 10,
            SpeckleWindowSize = 100,
            SpeckleRange = 2,
            Mode = mode,
        });
        var frame = pipeline.Process(File.ReadAllBytes(TestFiles.Shared($"{folder}/{left}")), File.ReadAllBytes(TestFiles.Shared($"{folder}/{right}")));
        var score = DisparityScore.Evaluate(frame.Disparity.ToPicture(), truth);
        Assert.Equal(bad1, score.Bad1!.Value, 0.1);
        Assert.Equal(bad2, score.Bad2!.Value, 0.1);
        Assert.Equal(density, score.Density, 0.1);
    }

    [Fact]
    public void The_defaults_are_those_of_the_table() => Assert.Equal(
        new StereoSgbmParameters
        {
            MinDisparity = 0,
            NumDisparities = 128,
            BlockSize = 5,
            Disp12MaxDiff = 1,
            PreFilterCap = 63,
            UniquenessRatio = 10,
            SpeckleWindowSize = 100,
            SpeckleRange = 2,
            Mode = SgbmMode.Sgbm,
        },
        new StereoSgbmParameters());

    public static TheoryData<StereoSgbmParameters, string> Refused => new()
    {
        { new() { NumDisparities = 100 }, "numDisparities is 100; a positive multiple of 16 is allowed." },
        { new() { BlockSize = 4 }, "blockSize is 4; an odd number from 1 to 31 is allowed." },
        { new() { BlockSize = -1 }, "blockSize is -1; an odd number from 1 to 31 is allowed." },
        { new() { PreFilterCap = 128 }, "preFilterCap is 128; 0 to 127 is allowed." },
        { new() { P1 = 0 }, "p1 is 0; 1 to 32767 is allowed." },
        { new() { P1 = 800, P2 = 800 }, "p2 is 800 with p1 800; more than p1 and at most 32767 is allowed." },
        { new() { P2 = 40000 }, "p2 is 40000 with p1 200; more than p1 and at most 32767 is allowed." },
        { new() { Mode = (SgbmMode)3 }, "mode is 3; sgbm, 3way or hh is allowed." },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_parameter_that_cannot_be_is_refused_with_a_sentence(StereoSgbmParameters parameters, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<ArgumentException>(() => new SemiGlobalMatcher(parameters).Dispose()).Message);
}
