using System.Text;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Vision;

public class MatcherPresetTests
{
    [Fact]
    public void A_preset_is_JSON_with_OpenCVs_names()
    {
        var json = Encoding.UTF8.GetString(MatcherPreset.Write(new StereoBmParameters { BlockSize = 15 }));
        Assert.StartsWith("{\"matcher\":\"bm\",\"minDisparity\":4,\"numDisparities\":128,\"blockSize\":15,", string.Concat(json.Where(c => !char.IsWhiteSpace(c))), StringComparison.Ordinal);
    }

    public static TheoryData<MatcherParameters> Every => new()
    {
        new StereoBmParameters { MinDisparity = -16, NumDisparities = 64, BlockSize = 9, SpeckleRange = 1, SpeckleWindowSize = 2, UniquenessRatio = 3, TextureThreshold = 4, PreFilterCap = 5, PreFilterType = 0, PreFilterSize = 7, Disp12MaxDiff = 8 },
        new StereoSgbmParameters { MinDisparity = 1, NumDisparities = 32, BlockSize = 3, P1 = 50, P2 = 300, Mode = SgbmMode.ThreeWay, PreFilterCap = 9, UniquenessRatio = 0, Disp12MaxDiff = -1, SpeckleRange = 4, SpeckleWindowSize = 5 },
    };

    [Theory]
    [MemberData(nameof(Every))]
    public void What_is_saved_comes_back(MatcherParameters parameters)
    {
        var back = MatcherPreset.Read(MatcherPreset.Write(parameters), "preset.json");
        Assert.All(parameters.Knobs, knob => Assert.Equal(knob.Get(parameters), knob.Get(back)));
        Assert.Equal(parameters, back);
    }

    [Fact]
    public void What_is_left_out_has_its_default() =>
        Assert.Equal(new StereoSgbmParameters { BlockSize = 7, P1 = 392 }.P2, ((StereoSgbmParameters)Read("""{"matcher":"sgbm","blockSize":7}""")).P2);

    [Theory]
    [InlineData("""{"matcher":"bm","numDisparitys":64}""", "preset.json is no usable preset: the matcher bm has no \"numDisparitys\"; it has minDisparity, numDisparities, blockSize")]
    [InlineData("""{"matcher":"bm","p1":8}""", "the matcher bm has no \"p1\"")]
    [InlineData("""{"matcher":"elas"}""", "The matcher is \"elas\"; bm or sgbm is allowed.")]
    [InlineData("""{"blockSize":9}""", "\"matcher\" is missing; bm or sgbm is allowed.")]
    [InlineData("""{"matcher":"bm","blockSize":20}""", "blockSize is 20; an odd number from 5 to 255 is allowed.")]
    [InlineData("""{"matcher":"bm","blockSize":"21"}""", "blockSize is \"21\"; a whole number is allowed.")]
    [InlineData("""{"matcher":"bm","blockSize":21.5}""", "blockSize is \"21.5\"; a whole number is allowed.")]
    [InlineData("""{"matcher":"bm","blockSize":99999999999}""", "blockSize is \"99999999999\"; a whole number is allowed.")]
    [InlineData("""{"matcher":"sgbm","mode":"4way"}""", "mode is \"4way\"; sgbm, hh, 3way are allowed.")]
    [InlineData("""{"matcher":"sgbm","mode":2}""", "mode is 2; sgbm, hh, 3way are allowed.")]
    [InlineData("[]", "preset.json is no usable preset: it holds no JSON object")]
    [InlineData("{", "preset.json is no usable preset: ")]
    public void What_cannot_be_is_refused_by_name(string json, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<InvalidDataException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_knob_has_an_option_in_kebab_case() => Assert.Equal(
        ["--min-disparity", "--num-disparities", "--block-size", "--speckle-range", "--speckle-window-size", "--uniqueness-ratio", "--pre-filter-cap", "--disp12-max-diff", "--p1", "--p2", "--mode"],
        new StereoSgbmParameters().Knobs.Select(knob => knob.Option));

    private static MatcherParameters Read(string json) => MatcherPreset.Read(Encoding.UTF8.GetBytes(json), "preset.json");
}
