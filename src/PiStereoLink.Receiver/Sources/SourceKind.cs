namespace PiStereoLink.Receiver.Sources;

/// <summary>What a rig's two pictures come from, where it is not two cameras on the network.</summary>
public enum SourceKind
{
    /// <summary>Two devices, <c>elp:/dev/videoA,/dev/videoB</c>: an ELP stereo camera, or any two cameras.</summary>
    Elp,

    /// <summary>One frame with two halves, <c>sbs:/dev/videoN</c>, or of a camera on the network, <c>sbs:pi:NODE/CAMERA</c>.</summary>
    SideBySide,

    /// <summary>A PS4 camera with its firmware, <c>ps4:/dev/videoN</c>.</summary>
    Ps4,

    /// <summary>Pictures of a folder, <c>replay:DIR</c> with left and right in it, or <c>replay:DIR,replay:DIR</c>.</summary>
    Replay,

    /// <summary>The rendered rig, <c>sim:</c>.</summary>
    Simulated,
}
