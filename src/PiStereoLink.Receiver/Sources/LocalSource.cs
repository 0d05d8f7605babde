using PiStereoLink.Receiver.Pairing;

namespace PiStereoLink.Receiver.Sources;

/// <summary>A source that a command opens by itself, and the words for it.</summary>
internal static class LocalSource
{
    /// <summary>Reads a source of this machine, with a calibration behind it as a rig has it.</summary>
    /// <param name="command">Who asks, for the sentence where it cannot be.</param>
    /// <exception cref="FormatException">It is none, or its pictures come over the network.</exception>
    public static (SourceSpec Source, string? Calibration) Parse(string text, string command)
    {
        var source = SourceSpec.Parse(text, out var calibration);
        return source.Stream is { } stream
            ? throw new FormatException($"{text} comes over the network, where {stream} sends to a receiver: start one with receiver serve --rig NAME={text}, then receiver {command} rig:NAME.")
            : (source, calibration);
    }

    /// <summary>Its pairs; what there is to say of the devices goes to stderr.</summary>
    public static async IAsyncEnumerable<FramePair> PairsAsync(SourceSpec source, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var log = LoggerFactory.Create(static logging => ReceiverHost.AddLog(logging, LogLevel.Information));
        await foreach (var pair in new SourcePairs(source, TimeProvider.System, log.CreateLogger("source")).PairsAsync(cancellationToken))
            yield return pair;
    }
}
