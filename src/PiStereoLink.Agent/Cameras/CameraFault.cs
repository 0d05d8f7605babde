namespace PiStereoLink.Agent;

/// <summary>Puts what camera programs say on stderr into plain words with a next step.</summary>
public static class CameraFault
{
    /// <summary>What is said, and what it means; the surest first. {0} is the program, {1} the option that it complains of.</summary>
    private static readonly (CameraTrouble Trouble, string[] Said, string Means)[] Known =
    [
        // ENOSPC is how the legacy stack says that the camera is taken.
        (CameraTrouble.Busy, ["failed to acquire camera", "Pipeline handler in use by another process", "failed to enable component: ENOSPC", "Device or resource busy"],
            "Another program is using the camera. Stop it: `sudo fuser -v /dev/video* /dev/media*` shows which one."),
        (CameraTrouble.NoCamera, ["no cameras available", "Camera is not detected", "failed to find camera"],
            "No camera was found. With the Pi switched off, check the ribbon cable at both ends; then `rpicam-hello --list-cameras` should show it."),
        (CameraTrouble.NoCamera, ["selected camera is not available"],
            "There is no camera with this index: `agent cameras` shows those that are there."),
        (CameraTrouble.Setting, ["unrecognised option", "Invalid command line option"],
            "{0} has no {1}: this version of it does not know the option. Bring it up to date with `sudo apt install rpicam-apps`, or leave the option out."),
        (CameraTrouble.WrongStack, ["appears to be configured for the legacy camera stack"],
            "This Pi is set up for the legacy camera stack. Turn that off in `sudo raspi-config`, Interface Options, Legacy Camera, and reboot."),
        (CameraTrouble.WrongStack, ["should be configured for the legacy camera stack", "Camera is not enabled in this build"],
            "{0} needs the legacy camera stack, which is off. Install the present programs with `sudo apt install rpicam-apps`."),
        (CameraTrouble.WrongStack, ["only supports the Raspberry Pi platforms"],
            "This machine is not a Raspberry Pi. Use --camera sim:left to try without one."),
        (CameraTrouble.Other, ["gpu_mem is configured"],
            "The camera needs more memory of the GPU: write gpu_mem=128 into /boot/config.txt and reboot."),
        // V4L2's ENOSPC when a stream is to start is no disk: the bus has promised its bandwidth to others.
        (CameraTrouble.Bandwidth, ["Failed to start streaming: No space left on device", "VIDIOC_STREAMON: No space left on device", "STREAMON failed: No space left on device"],
            "The bus has no bandwidth left for this camera. Take smaller pictures or fewer of them (--width, --height, --framerate), or plug one camera into a port of another bus."),
        (CameraTrouble.Other, ["failed to write output bytes", "No space left on device"],
            "{0} cannot write its picture: is the disk full?"),
        (CameraTrouble.Stalled, ["Device timeout detected", "frontend has timed out", "Dequeue timer of"],
            "The camera has stopped delivering. With the Pi switched off, check the ribbon cable at both ends."),
        (CameraTrouble.Other, ["failed to start camera"],
            "{0} found the camera and could not start it. Reboot this Pi; if that does not help, `dmesg` says what its driver met."),
    ];

    /// <summary>What the program's words mean and what to do, or null when they are not known.</summary>
    /// <param name="program">The executable's name.</param>
    /// <param name="lines">What it wrote to stderr.</param>
    public static string? Explain(string program, IReadOnlyCollection<string> lines) => Find(program, lines)?.Means;

    /// <inheritdoc cref="Explain"/>
    public static (CameraTrouble Trouble, string Means)? Find(string program, IReadOnlyCollection<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        foreach (var (trouble, said, means) in Known)
            if (lines.FirstOrDefault(line => Array.Exists(said, words => line.Contains(words, StringComparison.OrdinalIgnoreCase))) is { } line)
                return (trouble, means.Replace("{0}", program, StringComparison.Ordinal).Replace("{1}", OptionIn(line), StringComparison.Ordinal));
        return null;
    }

    /// <summary>What an exit code says of a program that said nothing known. 128 and a signal's number is what a signal leaves.</summary>
    public static string Ended(string program, int exitCode) => exitCode switch
    {
        134 or 139 => $"{program} ended by itself: it crashed. Bring it up to date with `sudo apt upgrade`.",
        137 => $"{program} ended by itself: it was killed. `dmesg` says whether memory ran out.",
        _ => $"{program} ended by itself. If that goes on, run it by hand to see why.",
    };

    /// <summary>The option in <c>unrecognised option '--hdr'</c> or <c>Invalid command line option (-hdr)</c>, by the name that it has with us.</summary>
    public static string OptionIn(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var option = Array.Find(line.Split(' ', '\'', '(', ')', '"'), word => word.StartsWith('-')) ?? "such option";
        return option == "--mode" ? "--sensor-mode" : option;
    }

    /// <summary>The option that a program of another year refused; null when it refused none.</summary>
    public static string? UnknownOption(IEnumerable<string> lines) =>
        lines.FirstOrDefault(line => line.Contains("unrecognised option", StringComparison.OrdinalIgnoreCase)) is { } line ? OptionIn(line) : null;
}
