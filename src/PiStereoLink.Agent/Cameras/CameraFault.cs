namespace PiStereoLink.Agent;

/// <summary>Puts what camera programs say on stderr into plain words with a next step.</summary>
public static class CameraFault
{
    /// <summary>What is said, and what it means; the surest first. {0} is the program, {1} the option that it complains of.</summary>
    private static readonly (string[] Said, string Means)[] Known =
    [
        // ENOSPC is how the legacy stack says that the camera is taken.
        (["failed to acquire camera", "Pipeline handler in use by another process", "failed to enable component: ENOSPC"],
            "Another program is using the camera. Stop it: `sudo fuser -v /dev/video* /dev/media*` shows which one."),
        (["no cameras available", "Camera is not detected", "failed to find camera"],
            "No camera was found. With the Pi switched off, check the ribbon cable at both ends; then `rpicam-hello --list-cameras` should show it."),
        (["selected camera is not available"],
            "There is no camera with this index: `agent cameras` shows those that are there."),
        (["unrecognised option", "Invalid command line option"],
            "{0} has no {1}: this version of it does not know the option. Bring it up to date with `sudo apt install rpicam-apps`, or leave the option out."),
        (["appears to be configured for the legacy camera stack"],
            "This Pi is set up for the legacy camera stack. Turn that off in `sudo raspi-config`, Interface Options, Legacy Camera, and reboot."),
        (["should be configured for the legacy camera stack", "Camera is not enabled in this build"],
            "{0} needs the legacy camera stack, which is off. Install the present programs with `sudo apt install rpicam-apps`."),
        (["only supports the Raspberry Pi platforms"],
            "This machine is not a Raspberry Pi. Use --camera sim:left to try without one."),
        (["gpu_mem is configured"],
            "The camera needs more memory of the GPU: write gpu_mem=128 into /boot/config.txt and reboot."),
        (["failed to write output bytes", "No space left on device"],
            "{0} cannot write its picture: is the disk full?"),
        (["Device timeout detected", "frontend has timed out"],
            "The camera has stopped delivering. With the Pi switched off, check the ribbon cable at both ends."),
    ];

    /// <summary>What the program's words mean and what to do, or null when they are not known.</summary>
    /// <param name="program">The executable's name.</param>
    /// <param name="lines">What it wrote to stderr.</param>
    public static string? Explain(string program, IReadOnlyCollection<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        foreach (var (said, means) in Known)
            if (lines.FirstOrDefault(line => Array.Exists(said, words => line.Contains(words, StringComparison.OrdinalIgnoreCase))) is { } line)
                return means.Replace("{0}", program, StringComparison.Ordinal).Replace("{1}", OptionIn(line), StringComparison.Ordinal);
        return null;
    }

    /// <summary>The option in <c>unrecognised option '--hdr'</c> or <c>Invalid command line option (-hdr)</c>, by the name that it has with us.</summary>
    public static string OptionIn(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var option = Array.Find(line.Split(' ', '\'', '(', ')', '"'), word => word.StartsWith('-')) ?? "such option";
        return option == "--mode" ? "--sensor-mode" : option;
    }
}
