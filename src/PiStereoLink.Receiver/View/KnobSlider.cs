using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.View;

/// <summary>A matcher's knob as a slider from 0 on: which positions it has and what they mean.</summary>
/// <param name="Knob">The knob.</param>
/// <param name="Smallest">The value at position 0.</param>
/// <param name="Step">How much a position is more than the one before.</param>
/// <param name="Last">The last position.</param>
public sealed record KnobSlider(MatcherKnob Knob, int Smallest, int Step, int Last)
{
    /// <summary>The sliders of a matcher. The ranges hold what is of use at up to 1280x960; presets and the command line go further.</summary>
    public static KnobSlider[] Of(MatcherParameters parameters) => [.. parameters.Knobs.Select(knob => knob switch
    {
        { Words: { } words } => new KnobSlider(knob, 0, 1, words.Count - 1),
        { Name: "minDisparity" } => new KnobSlider(knob, -64, 1, 128),
        { Name: "numDisparities" } => new KnobSlider(knob, 16, 16, 19),
        { Name: "blockSize" } => parameters is StereoBmParameters ? new KnobSlider(knob, 5, 2, 23) : new KnobSlider(knob, 1, 2, 15),
        { Name: "preFilterSize" } => new KnobSlider(knob, 5, 2, 40),
        { Name: "preFilterCap" } => new KnobSlider(knob, 1, 1, 62),
        { Name: "speckleWindowSize" or "textureThreshold" } => new KnobSlider(knob, 0, 5, 200),
        { Name: "disp12MaxDiff" } => new KnobSlider(knob, -1, 1, 65),
        { Name: "preFilterType" } => new KnobSlider(knob, 0, 1, 1),
        { Name: "p1" or "p2" } => new KnobSlider(knob, 0, 50, 200),
        _ => new KnobSlider(knob, 0, 1, 100),
    })];

    /// <summary>The position for these parameters, or the nearest that there is.</summary>
    public int PositionOf(MatcherParameters parameters) => Math.Clamp((Knob.Get(parameters) - Smallest + Step / 2) / Step, 0, Last);

    /// <summary>The parameters with this knob at a position, unchecked.</summary>
    public MatcherParameters At(int position, MatcherParameters parameters) => Knob.With(parameters, Smallest + position * Step);
}
