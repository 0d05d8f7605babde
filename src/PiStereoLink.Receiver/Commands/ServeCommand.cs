using System.CommandLine;
using System.Net;
using System.Text.Json;
using PiStereoLink.Receiver.Link;
using PiStereoLink.Receiver.Trust;
using PiStereoLink.Receiver.Web;

namespace PiStereoLink.Receiver.Commands;

/// <summary><c>receiver serve</c>: the hosted service.</summary>
internal sealed partial class ServeCommand : Command
{
    private readonly Option<string?> listen = new("--listen") { Description = "Address of the plain frame port, which is unencrypted, or off. [default: 0.0.0.0:8000]", HelpName = "ADDRESS:PORT" };
    private readonly Option<string?> tls = new("--tls") { Description = "Address of the TLS port, for paired nodes (receiver invite), or off. [default: 0.0.0.0:8443]", HelpName = "ADDRESS:PORT" };
    private readonly Option<string?> plainFrom = new("--plain-from") { Description = "Who may use the plain port: private (this machine, link-local, private and unique-local addresses) or any. [default: private]", HelpName = "private|any" };
    private readonly Option<string?> web = new("--web") { Description = "Address of the pages; beyond this machine they need a key, which the log shows. [default: 127.0.0.1:8080]", HelpName = "ADDRESS:PORT" };
    private readonly Option<bool> webKey = new("--web-key") { Description = "Ask for the key of the pages on this machine too." };
    private readonly Option<string?> store = new("--store") { Description = "Keep every frame in this folder, one file each.", HelpName = "DIR" };
    private readonly Option<string?> state = new("--state") { Description = "Folder of what the receiver remembers.", HelpName = "DIR" };
    private readonly Option<string[]> rigs = new("--rig")
    {
        Description = "A stereo rig of two cameras NODE/CAMERA, or of one source in their place (elp:/dev/video0,/dev/video2, ps4:, sbs:, replay:, sim:), with a calibration (.npz) or, without one, pictures taken as rectified. May be given several times.",
        HelpName = "NAME=LEFT,RIGHT[,CALIBRATION]",
        AllowMultipleArgumentsPerToken = false,
    };
    private readonly Option<string[]> presets = new("--preset")
    {
        Description = "The matcher and its parameters, as receiver view and receiver disparity save them; without NAME for every rig. May be given several times.",
        HelpName = "[NAME=]FILE.json",
        AllowMultipleArgumentsPerToken = false,
    };
    private readonly LimitOptions limits = new();
    private readonly Option<bool> json = new("--json") { Description = "At the end, print the status as one JSON object on the last line of stdout." };

    public ServeCommand()
        : base("serve", """
            Take frames from agents and from picamera recipe senders, show them, pair them, compute depth.

            Example:
              receiver serve --store pictures --rig garden=pi-left/0,pi-right/0,garden.npz
            then open http://127.0.0.1:8080
            """)
    {
        Options.Add(listen);
        Options.Add(tls);
        Options.Add(plainFrom);
        Options.Add(web);
        Options.Add(webKey);
        Options.Add(store);
        Options.Add(state);
        Options.Add(rigs);
        Options.Add(presets);
        limits.AddTo(this);
        Options.Add(json);
        SetAction(ServeAsync);
    }

    private async Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = ReceiverSettings.FromFileAndEnvironment();
        settings.Listen = parsed.GetValue(listen) ?? settings.Listen;
        settings.Tls = parsed.GetValue(tls) ?? settings.Tls;
        settings.PlainFrom = parsed.GetValue(plainFrom) ?? settings.PlainFrom;
        settings.Web = parsed.GetValue(web) ?? settings.Web;
        settings.WebKey |= parsed.GetValue(webKey);
        settings.Store = parsed.GetValue(store) ?? settings.Store;
        settings.State = parsed.GetValue(state) ?? settings.State;
        limits.Apply(parsed, settings.Limits);
        if (parsed.GetValue(rigs) is { Length: > 0 } asked)
            settings.Rigs = asked;
        if (parsed.GetValue(presets) is { Length: > 0 } given)
            settings.Presets = given;

        await using var app = ReceiverHost.Build(settings);
        using var folder = new StateFolder(settings.State);
        await app.StartReceiverAsync();
        var (plain, paired) = (app.Services.GetRequiredService<FramePortOptions>(), app.Services.GetRequiredService<TrustOptions>().Bound);
        var frames = plain.IsOff ? null : $"{plain.Bound}";
        var pages = app.Services.GetRequiredService<WebOptions>();
        folder.Announce(frames, paired?.ToString(), $"http://{pages.Bound}");
        Log.Started(app.Logger, string.Join(" and ", new[] { frames is null ? null : $"{frames} (unencrypted)", paired is null ? null : $"{paired} (TLS)" }.OfType<string>()), pages.Url);
        if (!IPAddress.IsLoopback(pages.Bound.Address))
            Log.Unencrypted(app.Logger);
        await app.WaitForShutdownAsync(cancellationToken);
        if (parsed.GetValue(json))
            Console.WriteLine(JsonSerializer.Serialize(app.Services.GetRequiredService<StatusSource>().Now(), StatusJson.Default.Status));
        return 0;
    }

    private static partial class Log
    {
        [LoggerMessage(30, LogLevel.Information, "Frames are taken at {Frames}, pages are at {Pages}. Ctrl-C ends.")]
        public static partial void Started(ILogger logger, string frames, string pages);

        [LoggerMessage(31, LogLevel.Warning, "The pages can be opened from other machines by whoever knows their key. They are not encrypted: keep them in a network that you trust.")]
        public static partial void Unencrypted(ILogger logger);
    }
}
