using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>What <c>agent run</c> does: section <c>Agent</c> of the settings, or the option of the same name.</summary>
public sealed class AgentOptions
{
    public const string Section = "Agent";

    internal const string VideoMode = "video", TimelapseMode = "timelapse";

    /// <summary>The receiver, <c>HOST</c> or <c>HOST:PORT</c>. There is no default: nobody else gets the pictures by accident.</summary>
    public string? To { get; set; }

    /// <summary>The cameras: indices of the camera program's list, models or id paths in it, <c>sim:left</c>, <c>sim:right</c>.</summary>
    public IList<string> Cameras { get; } = [];

    /// <summary>What to do with the cameras: <c>video</c> or <c>timelapse</c>.</summary>
    public string Mode { get; set; } = VideoMode;

    /// <summary>Timelapse: seconds from picture to picture.</summary>
    public double Interval { get; set; } = 10;

    /// <summary>Timelapse: on whole intervals of the local day, such as every hour on the hour.</summary>
    public bool Aligned { get; set; }

    /// <summary>What this Pi is called at the receiver. Default: the nearest valid name to the host's.</summary>
    public string? Node { get; set; }

    /// <summary>What pictures to take; each of them is a setting of its own (<see cref="PictureSettingTable"/>).</summary>
    internal PictureSettings Pictures { get; set; } = PictureSettings.Video;

    /// <summary>What to do with the camera's LED: <c>keep</c> it as it is, or have it <c>off</c> while pictures are taken.</summary>
    public string Led { get; set; } = LedSettings.Keep;

    /// <summary>Which LED that is, as <c>agent led --led</c> has it.</summary>
    public string LedDevice { get; set; } = "auto";

    /// <summary>Stop after so many seconds. Default: never.</summary>
    public double? Seconds { get; set; }

    /// <summary>After a stop, go on sending what is queued for at most so many seconds: one round of reconnecting.</summary>
    public double Drain { get; set; } = 30;

    /// <summary>The folder that remembers who this installation is. Default: see <see cref="StateFolder.DefaultPath"/>.</summary>
    public string? State { get; set; }

    /// <summary>Whether frames wait on disk while the link is down. Only <c>off</c> works in this version.</summary>
    public string Spool { get; set; } = "off";

    /// <summary>What the receiver speaks. No acknowledgements yet, so both words mean the plain recipe.</summary>
    public string Peer { get; set; } = "auto";

    /// <summary>The name on the wire.</summary>
    public string NodeName => Node ?? CameraName.Nearest(Environment.MachineName);

    /// <summary>Time from one picture to the next.</summary>
    public TimeSpan FramePeriod => TimeSpan.FromSeconds(1 / Pictures.Framerate);
}
