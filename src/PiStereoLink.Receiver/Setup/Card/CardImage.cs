namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>How an image takes its settings on the first boot.</summary>
public enum FirstBootFormat
{
    /// <summary>Buster, and Bullseye before April 2022: ssh, wpa_supplicant.conf, and a script, since the user pi has a known password.</summary>
    BootFiles,

    /// <summary>Bullseye from April 2022: ssh, wpa_supplicant.conf, userconf.txt, and a script for the rest.</summary>
    UserConf,

    /// <summary>Bookworm, and the first Trixie: firstrun.sh, called from the kernel's command line.</summary>
    FirstRun,

    /// <summary>Trixie: user-data, network-config and meta-data for cloud-init.</summary>
    CloudInit,

    /// <summary>The newest: rpi-preseed.toml.</summary>
    Preseed,
}

/// <summary>Raspberry Pi OS, as far as its boot partition tells.</summary>
/// <param name="Release">Its name, such as Bookworm.</param>
/// <param name="Date">When the image was made.</param>
/// <param name="Format">How it takes its settings.</param>
public sealed record CardImage(string Release, DateOnly Date, FirstBootFormat Format)
{
    /// <summary>The format's name on the command line.</summary>
    public static string NameOf(FirstBootFormat format) => format switch
    {
        FirstBootFormat.BootFiles => "boot-files",
        FirstBootFormat.UserConf => "userconf",
        FirstBootFormat.FirstRun => "firstrun",
        FirstBootFormat.CloudInit => "cloud-init",
        _ => "preseed",
    };

    /// <exception cref="FormatException">There is none of that name.</exception>
    public static FirstBootFormat FormatNamed(string name) =>
        Enum.GetValues<FirstBootFormat>().Cast<FirstBootFormat?>().FirstOrDefault(format => NameOf(format!.Value) == name)
        ?? throw new FormatException($"--format {name}: {string.Join(", ", Enum.GetValues<FirstBootFormat>().Select(NameOf))} are allowed.");

    /// <summary>Whether its libcrypt knows yescrypt: Imager takes it for images from 2023 on; the Buster of that year has no libxcrypt.</summary>
    public bool KnowsYescrypt => Format >= FirstBootFormat.FirstRun;

    /// <summary>Where the boot partition is mounted: since Bookworm not at /boot itself.</summary>
    public static string MountPoint(FirstBootFormat format) => format >= FirstBootFormat.FirstRun ? "/boot/firmware" : "/boot";
}
