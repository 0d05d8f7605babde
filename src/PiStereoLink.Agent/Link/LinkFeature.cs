using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>Makes the links to the receiver that the options name: one connection carries one camera.</summary>
public sealed class LinkFactory(IOptions<AgentOptions> options, Lazy<StateFolder> state, Tally tally, ReceiverClock receiver, TimeProvider time, ILogger<Link> logger, ILogger<Spool> spoolLogger)
{
    private readonly Lazy<KnownReceivers> known = new(() => new KnownReceivers(state.Value.Path));
    private readonly Lazy<Redating> redating = new(() => new Redating(receiver, state.Value.Run));

    /// <exception cref="StateException">The spool cannot be used.</exception>
    public Link For(CameraName camera)
    {
        var settings = options.Value;
        return ReceiverAddress.TryParse(settings.To ?? "", out var to)
            ? new Link(camera, to!, Enum.Parse<PeerKind>(settings.Peer, ignoreCase: true), known.Value, SpoolFor(camera), settings.SpoolMode, tally, time, logger, redating.Value)
            : throw new InvalidOperationException("The options were not validated.");
    }

    /// <summary>A camera's frames on disk. What lies there from before is sent also where nothing new goes to disk.</summary>
    private Spool? SpoolFor(CameraName camera)
    {
        var path = Path.Combine(state.Value.Path, "spool", camera.Node, camera.Camera);
        if (options.Value.SpoolMode == SpoolMode.Off && !Directory.Exists(path))
            return null;
        try
        {
            return new Spool(new SpoolFolder(path), options.Value.SpoolLimits, camera, tally, spoolLogger, redating.Value);
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
