using PiStereoLink.Receiver.View;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.View;

/// <summary>What a slider's positions mean.</summary>
public class KnobSliderTests
{
    [Theory]
    [InlineData("bm")]
    [InlineData("sgbm")]
    public void Every_knob_begins_where_the_parameters_stand(string matcher)
    {
        var parameters = MatcherParameters.Defaults(matcher);
        var sliders = KnobSlider.Of(parameters);
        Assert.Equal(parameters.Knobs.Select(knob => knob.Name), sliders.Select(slider => slider.Knob.Name));
        Assert.All(sliders, slider =>
        {
            var position = slider.PositionOf(parameters);
            Assert.InRange(position, 0, slider.Last);
            Assert.InRange(Math.Abs(slider.Knob.Get(slider.At(position, parameters)) - slider.Knob.Get(parameters)), 0, slider.Step / 2);
        });
    }

    [Theory]
    [InlineData("bm", "numDisparities")]
    [InlineData("bm", "blockSize")]
    [InlineData("bm", "preFilterSize")]
    [InlineData("bm", "preFilterCap")]
    [InlineData("bm", "preFilterType")]
    [InlineData("sgbm", "numDisparities")]
    [InlineData("sgbm", "blockSize")]
    [InlineData("sgbm", "mode")]
    public void Every_position_of_a_knob_that_is_choosy_can_be_had(string matcher, string name)
    {
        var parameters = MatcherParameters.Defaults(matcher);
        var slider = KnobSlider.Of(parameters).Single(slider => slider.Knob.Name == name);
        for (var position = 0; position <= slider.Last; position++)
        {
            var at = slider.At(position, parameters);
            at.Validate();
            Assert.Equal(position, slider.PositionOf(at));
        }
    }
}
