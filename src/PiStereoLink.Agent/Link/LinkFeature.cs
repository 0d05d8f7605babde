using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>Makes the links to the receiver that the options name: one connection carries one camera.</summary>
public sealed partial class LinkFactory(IOptions<AgentOptions> options, Lazy<StateFolder> state, Tally tally, ReceiverClock receiver, TimeProvider time, ILogger<Link> logger, ILogger<Spool> spoolLogger)
{
    private readonly Lazy<KnownReceivers> known = new(() => Known(options.Value, state.Value.Path));
    private readonly Lazy<Redating> redating = new(() => new Redating(receiver, state.Value.Run));
    private readonly Lazy<PinnedReceiver?> pinned = new(() => options.Value.Pairing is { } pairing ? PinnedReceiver.Of(pairing, state.Value.Path) : null);

    /// <exception cref="StateException">The spool cannot be used.</exception>
    public Link For(CameraName camera) => For(camera, spooledAs: camera);

    private Link For(CameraName camera, CameraName spooledAs)
    {
        var settings = options.Value;
        var to = settings.Receiver ?? throw new InvalidOperationException("The options were not validated.");
        return new Link(camera, to, settings.PeerKind, known.Value, SpoolFor(camera, spooledAs), settings.SpoolMode, tally, time, logger, redating.Value, pinned.Value);
    }

    /// <summary>One that this Pi is paired with is ours, so it acknowledges.</summary>
    private static KnownReceivers Known(AgentOptions options, string stateFolder)
    {
        var known = new KnownReceivers(stateFolder);
        if (options.Pairing is not null)
            known.Add(options.Receiver!);
        return known;
    }

    /// <summary>
    /// Links for what lies in the spool under names that no camera has now, after another <c>--node</c> or fewer cameras. Nothing new comes
    /// to them: they end when all is sent. A receiver that this Pi is paired with takes its frames under the paired name alone.
    /// </summary>
    public IReadOnlyList<Link> ForLeftBehind(IEnumerable<CameraName> cameras)
    {
        var spool = new DirectoryInfo(Path.Combine(state.Value.Path, "spool"));
        var left = !spool.Exists ? [] : spool.EnumerateDirectories().SelectMany(node => node.EnumerateDirectories())
            .Where(folder => folder.EnumerateFiles("*" + SpoolName.Extension).Any(file => SpoolName.TryParse(file.Name, out _)))
            .Select(folder => CameraName.TryParse($"{folder.Parent!.Name}/{folder.Name}", out var name) ? name : default)
            .Where(name => name != default).Except(cameras).ToArray();
        return Array.ConvertAll(left, name =>
        {
            var now = options.Value.Pairing is { } pairing ? new CameraName(pairing.Node, name.Camera) : name;
            Log.LeftBehind(logger, name, now);
            var link = For(now, spooledAs: name);
            link.Frames.TryComplete();
            return link;
        });
    }

    /// <summary>A camera's frames on disk. What lies there from before is sent also where nothing new goes to disk.</summary>
    private Spool? SpoolFor(CameraName camera, CameraName spooledAs)
    {
        var path = Path.Combine(state.Value.Path, "spool", spooledAs.Node, spooledAs.Camera);
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

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Frames of {Camera} wait in the spool, and no camera has this name now. They are sent as {Now}.")]
        public static partial void LeftBehind(ILogger logger, CameraName camera, CameraName now);
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
