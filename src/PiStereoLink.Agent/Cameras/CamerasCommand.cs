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
        var program = Programs.Select(Executables.Find).FirstOrDefault(path => path is not null) is { } path
            ? new CameraProgram(path, CameraDialect.Rpicam)
            : CameraProgram.ForStills(default);
        var cameras = await CameraList.ReadAsync(program, TimeProvider.System, stopping);
        Console.Out.Write(json ? ToJson(cameras) + "\n" : string.Concat(cameras.Select(ToText)));
        return cameras.Count > 0 ? CommandLine.Done : CommandLine.Say(CommandLine.Failed, $"No camera was found. {CameraList.NoneFound}");
    }

    private static string ToText(ListedCamera camera) =>
        $"{camera.Index}  {camera.Model}  {camera.Width}x{camera.Height}  {camera.Id}\n" + string.Concat(camera.Modes.Select(mode =>
            $"     {mode.Width}x{mode.Height}{(mode.Framerate is { } rate ? $", {ProgramArguments.Text(rate)} pictures a second" : "")}, {mode.Format}\n"));

    private static string ToJson(IReadOnlyList<ListedCamera> cameras)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteStartArray("cameras"u8);
            foreach (var camera in cameras)
                Write(json, camera);
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
