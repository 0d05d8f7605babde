using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>Makes the links to the receiver that the options name: one connection carries one camera.</summary>
public sealed class LinkFactory(IOptions<AgentOptions> options, Lazy<StateFolder> state, Tally tally, TimeProvider time, ILogger<Link> logger, ILogger<Spool> spoolLogger)
{
    private readonly Lazy<KnownReceivers> known = new(() => Known(options.Value, state.Value.Path));
    private readonly Lazy<PinnedReceiver?> pinned = new(() => options.Value.Pairing is { } pairing ? PinnedReceiver.Of(pairing, state.Value.Path) : null);

    /// <exception cref="StateException">The spool cannot be used.</exception>
    public Link For(CameraName camera)
    {
        var settings = options.Value;
        var to = settings.Receiver ?? throw new InvalidOperationException("The options were not validated.");
        return new Link(camera, to, settings.PeerKind, known.Value, SpoolFor(camera), settings.SpoolMode, tally, time, logger, pinned.Value);
    }

    /// <summary>One that this Pi is paired with is ours, so it acknowledges.</summary>
    private static KnownReceivers Known(AgentOptions options, string stateFolder)
    {
        var known = new KnownReceivers(stateFolder);
        if (options.Pairing is not null)
            known.Add(options.Receiver!);
        return known;
    }

    /// <summary>A camera's frames on disk. What lies there from before is sent also where nothing new goes to disk.</summary>
    private Spool? SpoolFor(CameraName camera)
    {
        var path = Path.Combine(state.Value.Path, "spool", camera.Node, camera.Camera);
        if (options.Value.SpoolMode == SpoolMode.Off && !Directory.Exists(path))
            return null;
        try
        {
            return new Spool(new SpoolFolder(path), options.Value.SpoolLimits, camera, tally, spoolLogger);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"The spool {path} cannot be used: {e.Message} Give another state folder with --state DIR, or --spool off.", e);
        }
    }
}

internal static class LinkFeature
{
    public static HostApplicationBuilder AddLink(this HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LinkFactory>();
        return builder;
    }
}
