using System.CommandLine;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PiStereoLink.Receiver.Ps4;

namespace PiStereoLink.Receiver.Commands;

/// <summary><c>receiver ps4 load-firmware</c>: what a PS4 camera needs before it is a camera.</summary>
internal sealed partial class Ps4Command : Command
{
    public Ps4Command()
        : base("ps4", "Prepare a PlayStation 4 camera on this machine.") => Subcommands.Add(new LoadFirmware());

    private sealed partial class LoadFirmware : Command
    {
        private readonly Option<string> firmware = new("--firmware") { Description = "The firmware's file. None comes with this program.", HelpName = "FILE", Required = true };
        private readonly Option<string?> device = new("--device") { Description = "Which device, if there are several: bus and number as lsusb shows them.", HelpName = "BUS/DEV" };
        private readonly Option<double> wait = new("--wait") { Description = "Wait so long for a camera to be plugged in. [default: 0]", HelpName = "SECONDS" };
        private readonly Option<bool> unknown = new("--unknown-firmware") { Description = "Take a file that is none of the known firmwares." };
        private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };

        public LoadFirmware()
            : base("load-firmware", """
                Load the firmware into a PS4 camera (05a9:0580), which forgets it whenever it is unplugged. Then it is a USB camera.

                Example:
                  receiver ps4 load-firmware --firmware firmware.bin --wait 60
                deploy/workstation has a udev rule and a service that do it at every plug-in.
                """)
        {
            foreach (Option option in new Option[] { firmware, device, wait, unknown, json })
                Options.Add(option);
            SetAction(LoadAsync);
        }

        private async Task<int> LoadAsync(ParseResult parsed, CancellationToken stopping)
        {
            var seconds = parsed.GetValue(wait);
            if (seconds is not (>= 0 and <= 86400))
                throw new FormatException($"--wait {seconds}: 0 to 86400 seconds are allowed.");
            var address = parsed.GetValue(device) is { } text ? AddressOf(text) : null;
            if (!OperatingSystem.IsLinux())
                throw new IOException("Firmware is loaded on Linux only, through its USB device file system. Here, load it with a program for this system (psmoveapi has one for Windows and macOS); after that the camera works with ps4: as everywhere.");
            var blob = Firmware.Load(parsed.GetValue(firmware)!, parsed.GetValue(unknown));
            var loaded = await FirmwareLoader.OfThisMachine(Console.Error.WriteLine).LoadAsync(blob, address, TimeSpan.FromSeconds(seconds), stopping);
            Tell(loaded, blob, parsed.GetValue(json));
            return 0;
        }

        private static void Tell(LoadedCamera loaded, Firmware blob, bool asJson)
        {
            var what = loaded.Transfers == 0 ? "has its firmware already" : $"has its firmware: {loaded.Transfers} transfers, {loaded.Took.TotalSeconds:0.0} s";
            (asJson ? Console.Error : Console.Out).WriteLine($"{loaded.Device.Id} at {loaded.Device.Address} ({loaded.Name}) {what}. Its exposure starts from nothing: give the first pictures a moment.");
            if (asJson)
                Console.WriteLine(new JsonObject
                {
                    ["device"] = loaded.Device.Address,
                    ["id"] = loaded.Device.Id,
                    ["name"] = loaded.Name,
                    ["alreadyLoaded"] = loaded.Transfers == 0,
                    ["transfers"] = loaded.Transfers,
                    ["attempts"] = loaded.Attempts,
                    ["bytes"] = blob.Bytes.Length,
                    ["sha1"] = blob.Sha1,
                    ["known"] = blob.Origin,
                    ["seconds"] = Math.Round(loaded.Took.TotalSeconds, 3),
                }.ToJsonString());
        }

        private static string AddressOf(string text) => AddressText.Match(text) is { Success: true } match
            ? $"{int.Parse(match.Groups[1].ValueSpan, null):000}/{int.Parse(match.Groups[2].ValueSpan, null):000}"
            : throw new FormatException($"--device {text}: bus and number are needed, such as 002/004; `lsusb -d 05a9:` shows them.");

        [GeneratedRegex(@"^(?:/dev/bus/usb/)?([0-9]{1,3})/([0-9]{1,3})\z")]
        private static partial Regex AddressText { get; }
    }
}
