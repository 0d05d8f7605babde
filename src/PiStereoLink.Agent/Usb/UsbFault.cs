using System.Runtime.InteropServices;

namespace PiStereoLink.Agent;

/// <summary>Puts the kernel's errors about a USB camera into plain words with a next step.</summary>
public static class UsbFault
{
    public static CameraException Missing(string camera) => Of(CameraTrouble.NoCamera,
        $"--camera {camera} is not there. Is the camera plugged in? `agent cameras` lists those that are, with the names that stay the same.");

    /// <summary>For the verbs that write files: they know camera programs alone.</summary>
    public static CameraException NoProgram(string camera) => Of(CameraTrouble.Setting,
        $"--camera {camera}: this verb does not take pictures with a USB camera. `agent run --camera {camera}` sends them, with --mode timelapse at intervals.");

    /// <summary>A webcam has a second device, for what it tells beside its pictures; codecs have devices too.</summary>
    public static CameraException OtherPart(UsbPath camera, string model) => Of(CameraTrouble.NoCamera,
        $"{camera} delivers no pictures: it is another part of {model}. `agent cameras` lists the part that does.");

    public static CameraException Gone(UsbPath camera, string after) => Of(CameraTrouble.NoCamera, $"{camera} is gone{after}: was the camera unplugged?");

    public static CameraException Stalled(string camera, TimeSpan patience, long taken) => Of(CameraTrouble.Stalled,
        $"{camera} stalled: no whole picture for {patience.TotalSeconds:0} s, after {taken}.");

    /// <summary>What an error of opening, of a setting or of starting means.</summary>
    /// <param name="camera">Which camera.</param>
    /// <param name="doing">What failed: <c>cannot be opened</c>.</param>
    /// <param name="error">The error's number.</param>
    public static CameraException Of(UsbPath camera, string doing, int error) => error switch
    {
        V4l2.NoEntry => Missing(camera.Given),
        V4l2.NoDevice or V4l2.NoSuchAddress => Gone(camera, ""),
        V4l2.NoPermission => new($"{camera} cannot be opened by {Environment.UserName}: `sudo usermod -aG video {Environment.UserName}`, then log in again."),
        V4l2.NoSuchCall => Of(CameraTrouble.NoCamera, $"{camera} is no video device. `agent cameras` lists those that are."),
        V4l2.Busy => Of(CameraTrouble.Busy, $"Another program is using {camera}. Stop it: `sudo fuser -v {camera.Device}` shows which one."),
        _ => new($"{camera} {doing}: {Marshal.GetPInvokeErrorMessage(error)} (error {error})."),
    };

    /// <summary>
    /// A USB 2 bus gives 80 % of its 480 Mbit/s to cameras. Each reserves what it declares, at most 3 x 1024 bytes in each of the 8000
    /// microframes of a second, and most declare about that in MJPG too, whatever they send (USB 2.0, 5.6.4 and 5.9.1).
    /// </summary>
    public static CameraException NoBandwidth(UsbPath camera, UsbMode mode) => Of(CameraTrouble.Bandwidth,
        $"{camera} does not get the USB bandwidth that it asks for at {mode.Width}x{mode.Height}: a USB 2 bus has 48 MB/s for cameras (80 % of 480 Mbit/s), " +
        "and each camera reserves up to 24.6 MB/s (3072 bytes, 8000 times a second), compressed or not. " +
        "Give a smaller --width and --height or a lower --framerate, or plug it into a socket of another controller: a Pi 5 has two, the others one.");

    /// <summary>Of four characters each.</summary>
    public static CameraException NotMjpg(UsbPath camera, IReadOnlyList<string> formats)
    {
        const int Told = 8;
        var given = formats.Count == 0 ? "nothing" : string.Join(", ", formats.Take(Told)) + (formats.Count > Told ? $" and {formats.Count - Told} more" : "");
        return Of(CameraTrouble.Setting, $"{camera} gives {given}, and no MJPG: the agent passes a camera's MJPG through and does not encode. Take a camera that gives MJPG; `agent cameras` shows what each gives.");
    }

    public static CameraException NoSuchSize(UsbPath camera, int width, int height, IEnumerable<string> sizes) => Of(CameraTrouble.Setting,
        $"{camera} gives no {width}x{height} in MJPG: give --width and --height for {string.Join(", ", sizes)}.");

    private static CameraException Of(CameraTrouble trouble, string sentence) => new(sentence) { Trouble = trouble };
}
