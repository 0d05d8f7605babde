namespace PiStereoLink.SimulatedCamera.Scene;

/// <summary>What is in front of the rig: a room with a ball in it, or the same room emptied for somebody who holds a calibration board.</summary>
internal static class Stage
{
    private const string Variable = "PISTEREOLINK_SIM_SCENE";

    /// <summary>Whether the environment asks for the board; what names no scene is an <see cref="ArgumentException"/>.</summary>
    public static bool HasBoard { get; } = Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" or "room" => false,
        "board" => true,
        var other => throw new ArgumentException($"{Variable}: '{other}' is no scene; room and board are."),
    };

    /// <summary>What stands still.</summary>
    public static Shape[] Shapes => HasBoard ? Room.Empty : Room.Shapes;
}
