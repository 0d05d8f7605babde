using System.Collections.Concurrent;

namespace PiStereoLink.Receiver.Trust;

/// <summary>
/// The connections that are open under a name, looked at four times a second: one whose key has been revoked is closed, and so is one on the
/// plain port whose name has been paired meanwhile.
/// </summary>
public sealed partial class OpenPeers(PairedNodes nodes, TimeProvider time, ILogger<OpenPeers> logger) : BackgroundService
{
    /// <summary>Revoking has a second to take effect.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly ILogger logger = new BoundedLog(logger, time, burst: 1);
    private readonly ConcurrentDictionary<Entry, bool> entries = new();

    /// <summary>Watches a connection until the result is disposed.</summary>
    /// <param name="node">Its name.</param>
    /// <param name="paired">Its key's; null on the plain port.</param>
    /// <param name="close">Ends it; the sentence says why. Called once at most.</param>
    public IDisposable Watch(string node, PairedNode? paired, Action<string> close)
    {
        var entry = new Entry(this, node, paired, close);
        entries[entry] = true;
        return entry;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var pace = new PeriodicTimer(Pace, time);
        await using var stop = stoppingToken.Register(pace.Dispose);        // ends the wait without an exception
        while (await pace.WaitForNextTickAsync(CancellationToken.None))
            try
            {
                if (!entries.IsEmpty)
                    Look(nodes.All.ToDictionary(node => node.Node, StringComparer.Ordinal));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.NotRead(logger, e.Message);     // new connections are refused meanwhile; those that were let in stay
            }
    }

    private void Look(Dictionary<string, PairedNode> known)
    {
        foreach (var entry in entries.Keys)
        {
            var now = known.GetValueOrDefault(entry.Node);
            if (now == entry.Paired || !entries.TryRemove(entry, out _))
                continue;
            entry.Close(entry.Paired is null ? "its name was paired just now, and a paired node comes over TLS only" : "its key was revoked");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(60, LogLevel.Error, "The list of paired nodes cannot be read, so revoking has no effect on open connections: {Message} Is the state folder in order?")]
        public static partial void NotRead(ILogger logger, string message);
    }

    private sealed class Entry(OpenPeers owner, string node, PairedNode? paired, Action<string> close) : IDisposable
    {
        public string Node => node;

        public PairedNode? Paired => paired;

        public Action<string> Close => close;

        public void Dispose() => owner.entries.TryRemove(this, out _);
    }
}
