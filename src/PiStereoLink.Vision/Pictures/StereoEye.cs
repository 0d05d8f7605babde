namespace PiStereoLink.Vision;

/// <summary>Which of a rig's two cameras.</summary>
public enum StereoEye
{
    /// <summary>The camera on the left as seen from behind the rig.</summary>
    Left,

    /// <summary>The other one.</summary>
    Right,
}
