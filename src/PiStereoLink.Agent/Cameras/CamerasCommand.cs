using System.CommandLine;
using System.Text;
using System.Text.Json;

namespace PiStereoLink.Agent;

/// <summary><c>agent cameras</c>: which cameras this Pi has.</summary>
internal static class CamerasCommand
{
    private const string Help = """
        List the cameras of this Pi and their modes.

        Each is shown with the three names that --camera takes: its index, its model, and the path that it is connected at, of which a part
        is enough. An index can change when another camera is plugged in or out; the path does not.

        USB cameras come after them, with the two names that --camera takes: the device, whose number can change, and the path that stays
        with its socket. Pictures are passed on as MJPG only; the other formats are listed for information.

        Example: agent cameras
        """;

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object." };

    // Any of them lists them all.
    private static readonly string[] Programs = ["rpicam-still", "rpicam-vid", "rpicam-hello", "libcamera-still", "libcamera-vid", "libcamera-hello"];

    public static Command Create()
    {
        var command = new Command("cameras", Help) { Json };
        command.SetAction((parsed, _) => CommandLine.RunOnceAsync(stopping => RunAsync(parsed.GetValue(Json), stopping), "Stopped."));
        return command;
    }

    private static async Task<int> RunAsync(bool json, CancellationToken stopping)
    {
        var usb = UsbCameraList.Read(Console.Error.WriteLine);
        var cameras = await ProgramCamerasAsync(usb.Count > 0, stopping);
        Console.Out.Write(json ? ToJson(cameras, usb) + "\n" : string.Concat([.. cameras.Select(ToText), .. usb.Select(UsbCameraList.ToText)]));
        return cameras.Count + usb.Count > 0 ? CommandLine.Done : CommandLine.Say(CommandLine.Failed, $"No camera was found. {CameraList.NoneFound}");
    }

    /// <summary>A Pi with USB cameras alone needs no camera program.</summary>
    private static async Task<IReadOnlyList<ListedCamera>> ProgramCamerasAsync(bool hasOthers, CancellationToken stopping)
    {
        try
        {
            var program = Programs.Select(Executables.Find).FirstOrDefault(path => path is not null) is { } path
                ? new CameraProgram(path, CameraDialect.Rpicam)
                : CameraProgram.ForStills(default);
            return await CameraList.ReadAsync(program, TimeProvider.System, stopping);
        }
        catch (CameraException e) when (hasOthers)
        {
            Console.Error.WriteLine(e.Message);
            return [];
        }
    }

    private static string ToText(ListedCamera camera) =>
        $"{camera.Index}  {camera.Model}  {camera.Width}x{camera.Height}  {camera.Id}\n" + string.Concat(camera.Modes.Select(mode =>
            $"     {mode.Width}x{mode.Height}{(mode.Framerate is { } rate ? $", {ProgramArguments.Text(rate)} pictures a second" : "")}, {mode.Format}\n"));

    private static string ToJson(IReadOnlyList<ListedCamera> cameras, IReadOnlyList<ListedUsbCamera> usb)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteStartArray("cameras"u8);
            foreach (var camera in cameras)
                Write(json, camera);
            foreach (var camera in usb)
                UsbCameraList.Write(json, camera);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static void Write(Utf8JsonWriter json, ListedCamera camera)
    {
        json.WriteStartObject();
        json.WriteNumber("index"u8, camera.Index);
        json.WriteString("model"u8, camera.Model);
        json.WriteString("id"u8, camera.Id);
        json.WriteNumber("width"u8, camera.Width);
        json.WriteNumber("height"u8, camera.Height);
        json.WriteStartArray("modes"u8);
        foreach (var mode in camera.Modes)
        {
            json.WriteStartObject();
            json.WriteString("format"u8, mode.Format);
            json.WriteNumber("width"u8, mode.Width);
            json.WriteNumber("height"u8, mode.Height);
            if (mode.Framerate is { } rate)
                json.WriteNumber("framerate"u8, rate);
            else
                json.WriteNull("framerate"u8);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
