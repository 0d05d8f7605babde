namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>Whether there is a camera and it is free: pure, from what <c>installation.sh</c> has found.</summary>
public static class CameraCheck
{
    /// <param name="found">What was found.</param>
    /// <param name="machine">Where.</param>
    /// <param name="wanted">The cameras that the agent is to use; those of USB and simulated ones need no camera program.</param>
    public static Check Of(Installation found, Machine machine, IReadOnlyList<string> wanted) =>
        wanted.Count > 0 && wanted.All(IsElsewhere) ? Check.Ok("camera", $"{string.Join(", ", wanted)}: the agent looks for it itself")
        : found.Program is not { } program ? Check.Fail("camera", $"There is no camera program on {machine.Name} (rpicam-still, libcamera-still or raspistill). Install it: sudo apt install rpicam-apps on Raspberry Pi OS 12 and newer, libcamera-apps on 11, libraspberrypi-bin on 10. For a USB camera give --camera /dev/video0.")
        : found.Cameras > 0 && found.Holders is [var holder, ..] ? Check.Fail("camera", $"The camera of {machine.Name} is busy: process {holder.Split(' ')[0]} ({holder.Split(' ', 2)[^1]}) has it, and only one program can. End it there (sudo kill {holder.Split(' ')[0]}, or stop the service that it belongs to), and run this again.")
        : found.Cameras > 0 ? Check.Ok("camera", $"{found.Cameras} found by {program}{(found.HasOwnCamera ? ", in use by our agent" : "")}")
        : found.IsCameraOn ? Check.Fail("camera", $"{program} finds no camera on {machine.Name}. Switch the Pi off and look at the cable: both ends pushed in, contacts towards the contacts; then run this again. A sensor that is not detected by itself needs its dtoverlay line in {found.ConfigFile ?? "config.txt"}.")
        : Check.Fail("camera", $"{program} finds no camera on {machine.Name}, and in {found.ConfigFile} it is switched off. --enable-camera switches it on; it counts after a reboot.");

    /// <summary>Whether switching it on in the firmware's settings may help.</summary>
    public static bool CanBeSwitchedOn(Installation found) => found is { Program: not null, Cameras: 0, IsCameraOn: false, ConfigFile: not null };

    private static bool IsElsewhere(string camera) => camera.StartsWith("/dev/", StringComparison.Ordinal) || camera.StartsWith("sim:", StringComparison.Ordinal) || camera.StartsWith("usb", StringComparison.Ordinal);
}
