using System.Text.Json;

namespace PiStereoLink.Agent;

/// <summary>Which USB cameras there are.</summary>
internal static class UsbCameraList
{
    /// <summary>A Pi's own: the image processor, and the sensors on the ribbon, which give raw data and belong to the camera programs.</summary>
    private static readonly string[] OfThePi = ["bcm2835-isp", "unicam", "bcm2835-unicam", "rp1-cfe", "pispbe"];

    /// <summary>Those that can be asked. What stands in the way is told once: where one may not be opened, none may.</summary>
    public static IReadOnlyList<ListedUsbCamera> Read(Action<string> say)
    {
        var cameras = new List<ListedUsbCamera>();
        var told = false;
        foreach (var device in Devices())
        {
            try
            {
                using var video = UsbVideo.Open(device);
                if (!OfThePi.Contains(video.Driver))
                    cameras.Add(new(device, video.Model, UsbPath.Lasting(device) ?? device, video.Modes()));
            }
            catch (CameraException e) when (e.Trouble == CameraTrouble.NoCamera)
            {
                // Another part of a camera, or a codec.
            }
            catch (CameraException e)
            {
                if (!told)
                    say(e.Message);
                told = true;
            }
        }
        return cameras;
    }

    public static string ToText(ListedUsbCamera camera) =>
        $"{camera.Device}  {camera.Model}  {camera.Id}\n" + string.Concat(camera.Modes.Select(mode =>
            $"     {mode.Width}x{mode.Height}{(mode.Framerates.Count == 0 ? "" : $", {string.Join(' ', mode.Framerates.Select(ProgramArguments.Text))} pictures a second")}, {mode.Format}\n"));

    /// <summary>As the camera programs' cameras, but with a device in place of an index, and every rate.</summary>
    public static void Write(Utf8JsonWriter json, ListedUsbCamera camera)
    {
        json.WriteStartObject();
        json.WriteString("device"u8, camera.Device);
        json.WriteString("model"u8, camera.Model);
        json.WriteString("id"u8, camera.Id);
        json.WriteStartArray("modes"u8);
        foreach (var mode in camera.Modes)
        {
            json.WriteStartObject();
            json.WriteString("format"u8, mode.Format);
            json.WriteNumber("width"u8, mode.Width);
            json.WriteNumber("height"u8, mode.Height);
            json.WriteStartArray("framerates"u8);
            foreach (var rate in mode.Framerates)
                json.WriteNumberValue(rate);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static IEnumerable<string> Devices() => !Directory.Exists("/dev") ? [] :
        Directory.EnumerateFileSystemEntries("/dev", "video*")
            .Where(device => device.AsSpan("/dev/video".Length) is { Length: > 0 and < 4 } number && !number.ContainsAnyExceptInRange('0', '9'))
            .OrderBy(device => device.Length).ThenBy(device => device, StringComparer.Ordinal);
}
