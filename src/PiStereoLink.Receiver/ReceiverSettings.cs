using System.Net;
using Microsoft.Extensions.Configuration;
using PiStereoLink.Receiver.Pairing;

namespace PiStereoLink.Receiver;

/// <summary>
/// What the receiver can be told: section <c>Receiver</c> of appsettings.json, the environment (<c>PISTEREOLINK_Receiver__Store</c>),
/// the command line; each wins over the one before.
/// </summary>
public sealed class ReceiverSettings
{
    public const string Section = "Receiver";

    /// <summary>Address of the frame port. 8000 is the picamera recipe's; every address, since Pis are elsewhere.</summary>
    public string Listen { get; set; } = "0.0.0.0:8000";

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

    /// <summary>The frame port's address.</summary>
    /// <exception cref="FormatException">It is none; the message says what was allowed.</exception>
    public IPEndPoint ListenAddress() => AddressOf("listen", Listen);

    /// <summary>The pages' address.</summary>
    /// <exception cref="FormatException">It is none; the message says what was allowed.</exception>
    public IPEndPoint WebAddress() => AddressOf("web", Web);

    /// <exception cref="FormatException">One of the rigs is none; the message says what was allowed.</exception>
    public IReadOnlyList<RigSpec> RigSpecs() => [.. Rigs.Select(RigSpec.Parse)];

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
