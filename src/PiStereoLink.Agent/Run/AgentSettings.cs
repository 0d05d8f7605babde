using System.CommandLine;
using System.Globalization;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>One setting's command line option, and what it does to the options when it is given.</summary>
internal sealed record AgentSetting(Option Option, Action<ParseResult, AgentOptions> Apply);

/// <summary>The options of <c>agent run</c>, in the order in which its help shows them.</summary>
internal static class AgentSettings
{
    private static readonly AgentOptions Defaults = new();

    /// <summary>What pictures to take.</summary>
    public static readonly PictureOptions Pictures = new(PictureSettings.Video, PictureSettingTable.Video);

    public static readonly AgentSetting[] All =
    [
        Text("--to", "HOST:PORT", $"The receiver; port {ReceiverAddress.DefaultPort} unless given. A paired agent knows it, and its port is {PinnedTls.DefaultPort} unless given.", (o, v) => o.To = v),
        Cameras(),
        Text("--mode", "video|timelapse", $"What to do with the cameras ({Defaults.Mode}).", (o, v) => o.Mode = v),
        Number("--interval", "SECONDS", $"Timelapse: from picture to picture ({Defaults.Interval}).", (o, v) => o.Interval = v),
        Switch("--aligned", "Timelapse: on whole intervals of the day, such as every hour on the hour.", (o, v) => o.Aligned = v),
        Text("--node", "NAME", $"This Pi's name at the receiver ({Defaults.NodeName}).", (o, v) => o.Node = v),
        Text("--state", "DIR", "Where this installation remembers who it is; each agent needs its own.", (o, v) => o.State = v),
        Text("--led", "keep|off", $"The camera's LED while pictures are taken ({Defaults.Led}).", (o, v) => o.Led = v),
        Text("--led-device", "LED", $"Which LED, as `agent led --help` lists them ({Defaults.LedDevice}).", (o, v) => o.LedDevice = v),
        Number("--seconds", "N", "Stop after so many seconds (never).", (o, v) => o.Seconds = v),
        Number("--drain", "N", $"After a stop, send what is queued for at most so many seconds ({Defaults.Drain}).", (o, v) => o.Drain = v),
        Text("--spool", "always|auto|off", "When frames wait on disk until the receiver has them (timelapse: always; video: auto, to a receiver known to acknowledge).", (o, v) => o.Spool = v),
        Number("--spool-max", "MB", $"Most megabytes on disk for each camera ({Defaults.SpoolMax}).", (o, v) => o.SpoolMax = v),
        Text("--spool-full", "stop|drop-oldest", "What to do when those are full (timelapse: stop; video: drop-oldest).", (o, v) => o.SpoolFull = v),
        Number("--report", "SECONDS", $"How often status.json in the state folder is written ({Defaults.Report}).", (o, v) => o.Report = v),
        Text("--peer", "auto|acks|recipe", $"What the receiver speaks: auto finds out, acks insists, recipe does not ask ({Defaults.Peer}).", (o, v) => o.Peer = v),
    ];

    /// <summary>Writes what the command line gave over what the environment and the file gave.</summary>
    public static void Apply(ParseResult parsed, AgentOptions options)
    {
        foreach (var setting in All)
            if (parsed.GetResult(setting.Option) is { Implicit: false })       // a switch that was not given is there as well
                setting.Apply(parsed, options);
    }

    private static AgentSetting Text(string name, string value, string description, Action<AgentOptions, string> set)
    {
        var option = new Option<string>(name) { HelpName = value, Description = description };
        return new(option, (parsed, options) => set(options, parsed.GetValue(option)!));
    }

    private static AgentSetting Switch(string name, string description, Action<AgentOptions, bool> set)
    {
        var option = new Option<bool>(name) { Description = description };
        return new(option, (parsed, options) => set(options, parsed.GetValue(option)));
    }

    private static AgentSetting Number(string name, string value, string description, Action<AgentOptions, double> set)
    {
        var option = new Option<double>(name)
        {
            HelpName = value,
            Description = description,
            CustomParser = result =>
            {
                if (!double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                    result.AddError($"{name} '{result.Tokens[0].Value}' is not a number.");
                return number;
            },
        };
        return new(option, (parsed, options) => set(options, parsed.GetValue(option)!));
    }

    private static AgentSetting Cameras()
    {
        var option = new Option<string[]>("--camera") { HelpName = "SPEC", Description = "A camera: its index, its model, a part of its id path, a USB camera's /dev/videoN or a link to it, sim:left or sim:right. May be given several times." };
        return new(option, (parsed, options) =>
        {
            options.Cameras.Clear();
            foreach (var camera in parsed.GetValue(option)!)
                options.Cameras.Add(camera);
        });
    }
}
