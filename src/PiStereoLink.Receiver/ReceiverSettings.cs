using System.Net;
using Microsoft.Extensions.Configuration;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Link;
using PiStereoLink.Receiver.Pairing;
using PiStereoLink.Receiver.Trust;

namespace PiStereoLink.Receiver;

/// <summary>
/// What the receiver can be told: section <c>Receiver</c> of appsettings.json, the environment (<c>PISTEREOLINK_Receiver__Store</c>),
/// the command line; each wins over the one before.
/// </summary>
public sealed class ReceiverSettings
{
    public const string Section = "Receiver";

    private const string Off = "off", PrivateAddresses = "private", AnyAddress = "any";

    /// <summary>Address of the plain frame port, or <c>off</c>. 8000 is the picamera recipe's; every address, since Pis are elsewhere.</summary>
    public string Listen { get; set; } = "0.0.0.0:8000";

    /// <summary>Address of the port of the paired nodes, or <c>off</c>; when not given, every address and port 8443 if nobody else has it.</summary>
    public string? Tls { get; set; }

    /// <summary>Who may use the plain port: <c>private</c>, the addresses that can be no further away than this network, or <c>any</c>.</summary>
    public string PlainFrom { get; set; } = PrivateAddresses;

    /// <summary>Address of the pages. Loopback: whoever may open it is on this machine already; any other needs a key (<see cref="Web.WebSecret"/>).</summary>
    public string Web { get; set; } = "127.0.0.1:8080";

    /// <summary>True: the pages need a key on this machine too, which others may be logged in to.</summary>
    public bool WebKey { get; set; }

    /// <summary>Folder to keep every frame in; none keeps none.</summary>
    public string? Store { get; set; }

    /// <summary>Folder for what the receiver remembers; <see cref="StateFolder.Default"/> when not given.</summary>
    public string? State { get; set; }

    /// <summary>Rigs, each <c>NAME=LEFT,RIGHT[,CALIBRATION]</c>.</summary>
    public string[] Rigs { get; set; } = [];

    /// <summary>The matcher's parameters of rigs, each <c>[NAME=]FILE.json</c>; without a name, of all that have none of their own.</summary>
    public string[] Presets { get; set; } = [];

    /// <summary>What peers may ask of the frame port.</summary>
    public Link.FrameLimits Limits { get; init; } = new();

    public static ReceiverSettings FromFileAndEnvironment()
    {
        var settings = new ReceiverSettings();
        new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables("PISTEREOLINK_")
            .Build()
            .GetSection(Section)
            .Bind(settings);
        return settings;
    }

    /// <summary>The plain frame port.</summary>
    /// <exception cref="FormatException">The address is none; the message says what was allowed.</exception>
    public FramePortOptions FramePort() => Listen == Off
        ? new FramePortOptions { IsOff = true, Limits = Limits }
        : new FramePortOptions { Listen = AddressOf("listen", Listen), Limits = Limits };

    /// <summary>The TLS port, and who may use the plain one.</summary>
    /// <exception cref="FormatException">Something is none of what is allowed; the message says what was allowed.</exception>
    public TrustOptions Trust() =>
        (Listen, Tls) is (Off, Off) ? throw new FormatException("--listen off and --tls off together leave no way in for frames: leave one of them on.")
        : PlainFrom is not (PrivateAddresses or AnyAddress) ? throw new FormatException($"--plain-from {PlainFrom}: private or any is allowed.")
        : new TrustOptions
        {
            StateFolder = State ?? StateFolder.Default,
            Listen = Tls switch { null => new IPEndPoint(IPAddress.Any, PinnedTls.DefaultPort), Off => null, _ => AddressOf("tls", Tls) },
            MustListen = Tls is not null,
            NearOnly = PlainFrom == PrivateAddresses,
        };

    /// <summary>The pages' address.</summary>
    /// <exception cref="FormatException">It is none; the message says what was allowed.</exception>
    public IPEndPoint WebAddress() => AddressOf("web", Web);

    /// <exception cref="FormatException">One of the rigs is none, or a preset is for none of them; the message says what was allowed.</exception>
    public IReadOnlyList<RigSpec> RigSpecs()
    {
        var presets = Presets.Select(static text => text.Split('=', 2) is [var rig, var file] ? (Rig: rig, File: file) : (Rig: "", File: text)).ToArray();
        RigSpec[] rigs = [.. Rigs.Select(RigSpec.Parse)];
        foreach (var (rig, file) in presets)
            if (rig.Length > 0 && !Array.Exists(rigs, one => one.Name == rig))
                throw new FormatException($"The preset {rig}={file} is for no rig. Known: {(rigs.Length > 0 ? string.Join(", ", rigs.Select(static one => one.Name)) : "none; give --rig NAME=LEFT,RIGHT")}.");
        return [.. rigs.Select(rig => rig with { PresetFile = presets.LastOrDefault(preset => preset.Rig == rig.Name).File ?? presets.LastOrDefault(static preset => preset.Rig == "").File })];
    }

    private static IPEndPoint AddressOf(string option, string text)
    {
        var colon = text.LastIndexOf(':');
        var address = colon > 0 ? text[..colon] : text;
        if (colon > 0 && ushort.TryParse(text[(colon + 1)..], out var port))
        {
            if (address == "localhost")
                return new IPEndPoint(IPAddress.Loopback, port);
            if (IPAddress.TryParse(address.Trim('[', ']'), out var parsed))
                return new IPEndPoint(parsed, port);
        }
        throw new FormatException($"--{option} {text}: an address and a port are needed, such as 127.0.0.1:8000, 0.0.0.0:8000 or [::]:8000.");
    }
}
