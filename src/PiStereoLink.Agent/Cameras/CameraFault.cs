namespace PiStereoLink.Agent;

/// <summary>Puts what camera programs say on stderr into plain words with a next step.</summary>
public static class CameraFault
{
    /// <summary>What the program's words mean and what to do, or null when they are not known.</summary>
    /// <param name="program">The executable's name.</param>
    /// <param name="lines">What it wrote to stderr.</param>
    public static string? Explain(string program, IEnumerable<string> lines)
    {
        foreach (var line in lines)
            if (Explain(program, line) is { } sentence)
                return sentence;
        return null;
    }

    private static string? Explain(string program, string line) =>
        // ENOSPC is how the legacy stack says that the camera is taken.
        Says(line, "failed to acquire camera") || Says(line, "Pipeline handler in use by another process") || Says(line, "failed to enable component: ENOSPC")
            ? "Another program is using the camera. Stop it: `sudo fuser -v /dev/video* /dev/media*` shows which one." :
        Says(line, "no cameras available") || Says(line, "Camera is not detected") || Says(line, "failed to find camera")
            ? "No camera was found. With the Pi switched off, check the ribbon cable at both ends; then `rpicam-hello --list-cameras` should show it." :
        Says(line, "selected camera is not available")
            ? "There is no camera with this index: `rpicam-hello --list-cameras` shows those that are there." :
        Says(line, "unrecognised option") || Says(line, "Invalid command line option")
            ? $"This version of {program} does not know an option that the agent uses. Bring it up to date with `sudo apt install rpicam-apps`." :
        Says(line, "appears to be configured for the legacy camera stack")
            ? "This Pi is set up for the legacy camera stack. Turn that off in `sudo raspi-config`, Interface Options, Legacy Camera, and reboot." :
        Says(line, "should be configured for the legacy camera stack") || Says(line, "Camera is not enabled in this build")
            ? $"{program} needs the legacy camera stack, which is off. Install the present programs with `sudo apt install rpicam-apps`." :
        Says(line, "only supports the Raspberry Pi platforms")
            ? "This machine is not a Raspberry Pi. Use --camera sim:left to try without one." :
        null;

    private static bool Says(string line, string words) => line.Contains(words, StringComparison.OrdinalIgnoreCase);
}
