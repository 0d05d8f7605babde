using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using PiStereoLink.Receiver.Ps4;
using PiStereoLink.Receiver.Sources;

namespace PiStereoLink.Receiver.Commands;

/// <summary><c>receiver cameras</c>: which cameras are plugged in here, and what they can.</summary>
internal sealed class CamerasCommand : Command
{
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };

    public CamerasCommand()
        : base("cameras", """
            List the cameras that are plugged into this machine: device, lasting names, formats, sizes and rates.

            Example:
              receiver cameras
            then, with the names that stay the same:
              receiver serve --rig desk=elp:/dev/v4l/by-path/ONE,/dev/v4l/by-path/OTHER
            """)
    {
        Options.Add(json);
        SetAction(List);
    }

    private int List(ParseResult parsed)
    {
        if (!OperatingSystem.IsLinux())
            throw new IOException("Cameras are listed on Linux only. Elsewhere they are called by their number: try sbs:0, elp:0,1.");
        var devices = LocalDevice.All(Console.Error.WriteLine);
        var waiting = UsbDevice.All().Where(Ps4Ids.IsWaiting).Select(device => device.Address).ToArray();
        if (parsed.GetValue(json))
        {
            Console.WriteLine(JsonSerializer.Serialize(new CameraListing([.. devices], waiting), CamerasJson.Default.CameraListing));
            return 0;
        }
        foreach (var device in devices)
            Console.WriteLine($"{device.Device}  {device.Name}\n{string.Concat(device.Lasting.Select(name => $"     {name}\n"))}{string.Concat(device.Modes.Select(Text))}");
        foreach (var address in waiting)
            Console.WriteLine($"A PS4 camera at {address} waits for its firmware: receiver ps4 load-firmware --firmware FILE");
        if (devices.Count == 0 && waiting.Length == 0)
            Console.WriteLine("No camera is plugged in here. Cameras on the network are at the receiver's /api/status.");
        return 0;
    }

    private static string Text(DeviceMode mode) =>
        $"     {mode.Format} {mode.Width}x{mode.Height}{(mode.Rates.Count == 0 ? "" : $", {string.Join(' ', mode.Rates.Select(rate => rate.ToString(CultureInfo.InvariantCulture)))} fps")}\n";
}

/// <summary>What <c>--json</c> prints.</summary>
/// <param name="WaitingForFirmware">PS4 cameras, as bus/device.</param>
internal sealed record CameraListing(LocalDevice[] Cameras, string[] WaitingForFirmware);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CameraListing))]
internal sealed partial class CamerasJson : JsonSerializerContext;
