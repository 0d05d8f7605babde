using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// The receivers that have ever said that they acknowledge, one HOST:PORT a line in the state folder. One of these that is silent
/// is at fault, and is not taken for one that never answers.
/// </summary>
public sealed class KnownReceivers(string stateFolder)
{
    private readonly string file = Path.Combine(stateFolder, "receivers");
    private readonly Lock gate = new();
    private HashSet<string>? names;      // under gate

    public bool Has(ReceiverAddress receiver)
    {
        lock (gate)
            return Names.Contains($"{receiver}");
    }

    /// <summary>Remembers it, on disk as well.</summary>
    /// <exception cref="IOException">It is remembered in memory only.</exception>
    public void Add(ReceiverAddress receiver)
    {
        lock (gate)
            if (Names.Add($"{receiver}"))
                DurableFile.Write(file, string.Join('\n', Names.Order(StringComparer.Ordinal)) + "\n");
    }

    private HashSet<string> Names => names ??= File.Exists(file) ? [.. File.ReadAllLines(file)] : [];
}
