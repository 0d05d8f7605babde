namespace PiStereoLink.Agent;

/// <summary>How a camera program wants its options.</summary>
public enum CameraDialect
{
    /// <summary>rpicam-vid, and libcamera-vid as it was called before.</summary>
    Rpicam,

    /// <summary>raspivid of the legacy camera stack.</summary>
    Raspivid,
}

/// <summary>A program that writes a camera's pictures to its stdout.</summary>
/// <param name="Path">The executable.</param>
/// <param name="Dialect">How it wants its options.</param>
/// <param name="FirstArguments">What stands before the options: the simulated camera is told here whom to play.</param>
public sealed partial record CameraProgram(string Path, CameraDialect Dialect, params string[] FirstArguments)
{
    /// <summary>The name of the executable, for sentences.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The program for this camera. Looked up at every start: it may be installed, or replaced, while the agent runs.</summary>
    /// <exception cref="CameraException">There is none.</exception>
    public static CameraProgram For(CameraSpec spec) => spec.Simulated ? Simulated() : Installed();

    // rpicam-* since Bookworm, libcamera-* in Bullseye (Bookworm links the old names), raspivid up to Buster.
    private static CameraProgram Installed() =>
        Executables.Find("rpicam-vid") is { } rpicam ? new(rpicam, CameraDialect.Rpicam) :
        Executables.Find("libcamera-vid") is { } libcamera ? new(libcamera, CameraDialect.Rpicam) :
        Executables.Find("raspivid") is { } raspivid ? new(raspivid, CameraDialect.Raspivid) :
        throw new CameraException(
            "No camera program is installed: rpicam-vid, libcamera-vid and raspivid are not on PATH. " +
            "Install one with `sudo apt install rpicam-apps`, or use --camera sim:left to try without a camera.");
}
