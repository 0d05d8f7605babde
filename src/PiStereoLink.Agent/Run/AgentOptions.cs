using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>What <c>agent run</c> does: section <c>Agent</c> of the settings, or the option of the same name.</summary>
public sealed class AgentOptions
{
    public const string Section = "Agent";

    internal const string VideoMode = "video", TimelapseMode = "timelapse";
    internal const string AlwaysSpool = "always", AutoSpool = "auto", OffSpool = "off";
    internal const string StopWhenFull = "stop", DropOldest = "drop-oldest";

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

    /// <summary>With whom this Pi is paired; null when it sends unencrypted.</summary>
    internal Pairing? Pairing { get; set; }

    /// <summary>The receiver, as <see cref="To"/> says; null when that is none. A paired agent looks for the TLS port.</summary>
    internal ReceiverAddress? Receiver => ReceiverAddress.TryParse(To ?? "", out var address, Pairing is null ? ReceiverAddress.DefaultPort : PinnedTls.DefaultPort) ? address : null;

    /// <summary>What the receiver is taken for. One that this Pi is paired with acknowledges, whatever else is said.</summary>
    internal PeerKind PeerKind => Pairing is null ? Enum.Parse<PeerKind>(Peer, ignoreCase: true) : PeerKind.Acks;

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

    /// <summary>
    /// When frames go to disk until the receiver has them: <c>always</c>, <c>auto</c> or <c>off</c>. Default: a timelapse always; a video
    /// <c>auto</c>, to a receiver that has once said that it acknowledges.
    /// </summary>
    public string? Spool { get; set; }

    /// <summary>Megabytes on disk for each camera: a day of pictures of 2 MB, one a minute, is 2900 MB.</summary>
    public double SpoolMax { get; set; } = 2000;

    /// <summary>What happens when that is full: <c>stop</c> takes no new frame, <c>drop-oldest</c> makes room. Default: a timelapse stops.</summary>
    public string? SpoolFull { get; set; }

    /// <summary>Seconds from one report of the accounting to the next: a file of 1 kB, 1440 times a day.</summary>
    public double Report { get; set; } = 60;

    /// <summary>What the receiver speaks: <c>auto</c> finds out, <c>acks</c> insists, <c>recipe</c> does not ask.</summary>
    public string Peer { get; set; } = "auto";

    /// <summary>When frames go to disk, the default worked out.</summary>
    public SpoolMode SpoolMode => Spool switch
    {
        AlwaysSpool => SpoolMode.Always,
        AutoSpool => SpoolMode.Auto,
        OffSpool => SpoolMode.Off,
        _ => Mode == TimelapseMode ? SpoolMode.Always : SpoolMode.AutoForKnown,
    };

    /// <summary>How much disk, the default worked out.</summary>
    public SpoolLimits SpoolLimits => new((long)(SpoolMax * 1e6), (SpoolFull ?? (Mode == TimelapseMode ? StopWhenFull : DropOldest)) == DropOldest);

    /// <summary>The name on the wire.</summary>
    public string NodeName => Node ?? CameraName.Nearest(Environment.MachineName);

    /// <summary>Time from one picture to the next.</summary>
    public TimeSpan FramePeriod => TimeSpan.FromSeconds(1 / Pictures.Framerate);
}
