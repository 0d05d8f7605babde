using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging.Console;
using PiStereoLink.Receiver.Cameras;
using PiStereoLink.Receiver.Depth;
using PiStereoLink.Receiver.Link;
using PiStereoLink.Receiver.Pairing;
using PiStereoLink.Receiver.Sources;
using PiStereoLink.Receiver.Store;
using PiStereoLink.Receiver.Trust;
using PiStereoLink.Receiver.Web;

namespace PiStereoLink.Receiver;

/// <summary>The receiver as a list of its features.</summary>
public static class ReceiverHost
{
    /// <summary>Builds the receiver; nothing runs yet.</summary>
    /// <exception cref="FormatException">A setting is wrong; the message says what came and what was allowed.</exception>
    /// <exception cref="InvalidDataException">A calibration, or the secret of the pages, cannot be read.</exception>
    public static WebApplication Build(ReceiverSettings settings, LogLevel logLevel = LogLevel.Information)
    {
        settings.Limits.Check();
        var (link, trust) = (settings.FramePort(), settings.Trust());
        var pages = settings.WebAddress();
        var web = new WebOptions { Listen = pages, Secret = IPAddress.IsLoopback(pages.Address) && !settings.WebKey ? null : WebSecret.In(settings.State ?? StateFolder.Default) };
        var rigs = settings.RigSpecs();

        // The content root is the program's own folder: the working directory may be large, and the host would watch it.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenForPages(web);
        });
        InlineCompletions.TurnOn();
        AddLog(builder.Logging, logLevel);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddCameras(settings.Limits.KeptMegabytes);
        builder.Services.AddStore(settings.Store, settings.Limits.NodeMegabytes);
        builder.Services.AddLink(link);
        builder.Services.AddTrust(trust);
        builder.Services.AddPairing(rigs);
        builder.Services.AddSources(rigs);
        builder.Services.AddDepth();
        builder.Services.AddWeb(web);

        var app = builder.Build();
        app.Services.GetRequiredService<RigDirectory>();      // a calibration that cannot be read is said before anything starts
        app.MapWeb();
        return app;
    }

    /// <summary>Starts the receiver; a port that is taken is said in one sentence.</summary>
    /// <exception cref="IOException">A port is taken or may not be opened.</exception>
    public static async Task StartReceiverAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await app.StopAsync();
            var pages = app.Services.GetRequiredService<WebOptions>().Listen;
            throw new IOException($"{pages} is taken by another program. Stop that one, or choose another port with --web {pages.Address}:PORT.", e);
        }
    }

    /// <summary>One line an entry, on stderr: stdout belongs to results.</summary>
    internal static void AddLog(ILoggingBuilder logging, LogLevel level)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(level);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);     // a failed start is said by who started it
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
