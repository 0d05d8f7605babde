using System.Globalization;

namespace PiStereoLink.SimulatedCamera.Scene;

/// <summary>What is in front of the rig: a room with a ball in it, or the same room emptied for somebody who holds a calibration board.</summary>
internal static class Stage
{
    private const string Variable = "PISTEREOLINK_SIM_SCENE";

    private const double UsualRest = 0.9, ShortestRest = 0.1, LongestRest = 60;

    /// <summary>How long the board rests in each place, if the environment asks for it, else null; what names no scene is an <see cref="ArgumentException"/>.</summary>
    public static TimeSpan? BoardRests { get; } = Environment.GetEnvironmentVariable(Variable)?.Split(':') switch
    {
        null or [""] or ["room"] => null,
        ["board"] => TimeSpan.FromSeconds(UsualRest),
        ["board", var rest] when double.TryParse(rest, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= ShortestRest and <= LongestRest
            => TimeSpan.FromSeconds(seconds),
        var other => throw new ArgumentException(
            $"{Variable}: '{string.Join(':', other)}' is no scene; room, board and board:SECONDS are, the seconds for which the board rests, from {ShortestRest} to {LongestRest}."),
    };

    /// <summary>What stands still.</summary>
    public static Shape[] Shapes => BoardRests is null ? Room.Shapes : Room.Empty;
}
