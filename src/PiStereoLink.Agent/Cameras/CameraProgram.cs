namespace PiStereoLink.Agent;

/// <summary>How a camera program wants its options.</summary>
public enum CameraDialect
{
    /// <summary>rpicam-*, and libcamera-* as they were called before.</summary>
    Rpicam,

    /// <summary>raspistill and raspivid of the legacy camera stack.</summary>
    Raspi,
}

/// <summary>A program that takes a camera's pictures.</summary>
/// <param name="Path">The executable.</param>
/// <param name="Dialect">How it wants its options.</param>
/// <param name="FirstArguments">What stands before the options: the simulated camera is told here whom to play.</param>
public sealed partial record CameraProgram(string Path, CameraDialect Dialect, params string[] FirstArguments)
{
    /// <summary>The name of the executable, for sentences.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The program that films with this camera. Looked up at every start: it may be installed, or replaced, while the agent runs.</summary>
    /// <exception cref="CameraException">There is none.</exception>
    public static CameraProgram For(CameraSpec spec) =>
        spec.Device is { } usb ? throw UsbFault.NoProgram(usb) : spec.Simulated ? Simulated("rpicam-vid") : Installed("vid", "raspivid");

    /// <summary>The program that takes stills with this camera.</summary>
    /// <exception cref="CameraException">There is none.</exception>
    public static CameraProgram ForStills(CameraSpec spec) =>
        spec.Device is { } usb ? throw UsbFault.NoProgram(usb) : spec.Simulated ? Simulated("rpicam-still") : Installed("still", "raspistill");

    // rpicam-* since Bookworm, libcamera-* in Bullseye (Bookworm links the old names), raspi* up to Buster.
    private static CameraProgram Installed(string kind, string legacy) =>
        Executables.Find($"rpicam-{kind}") is { } rpicam ? new(rpicam, CameraDialect.Rpicam) :
        Executables.Find($"libcamera-{kind}") is { } libcamera ? new(libcamera, CameraDialect.Rpicam) :
        Executables.Find(legacy) is { } raspi ? new(raspi, CameraDialect.Raspi) :
        throw new CameraException(
            $"No camera program is installed: rpicam-{kind}, libcamera-{kind} and {legacy} are not on PATH. " +
            "Install one with `sudo apt install rpicam-apps`, or use --camera sim:left to try without a camera.");
}
