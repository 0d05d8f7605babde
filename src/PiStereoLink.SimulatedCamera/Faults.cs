using System.Globalization;

namespace PiStereoLink.SimulatedCamera;

/// <summary>What goes wrong on request; the words are explained in <see cref="Usage"/>. Counts are frames, null is never.</summary>
internal sealed record Faults
{
    private const string Variable = "PISTEREOLINK_SIM_FAULT";
    private const int FloodAtStartBytes = 256 << 10, FloodPerFrameBytes = 4 << 10;

    private static readonly string FloodLine = new('~', 127);

    public bool Busy { get; private init; }

    public bool NoCamera { get; private init; }

    public bool WrongStack { get; private init; }

    public bool Bandwidth { get; private init; }

    public long? StallAfter { get; private init; }

    public long? HalfAfter { get; private init; }

    public bool StderrFlood { get; private init; }

    public TimeSpan Late { get; private init; }

    public long? FrozenAfter { get; private init; }

    public long? TwoPicturesAfter { get; private init; }

    public long? ExitAfter { get; private init; }

    public int ExitCode { get; private init; }

    public bool IgnoreSigint { get; private init; }

    public bool NoMetadata { get; private init; }

    public bool Chatter { get; private init; }

    public TimeSpan SlowStill { get; private init; }

    /// <summary>The file that says that the faults have been played; null when they are played each time.</summary>
    public string? Once { get; private init; }

    /// <summary>The faults that the environment asks for; a word that is no fault is an <see cref="ArgumentException"/>.</summary>
    public static Faults FromEnvironment()
    {
        var faults = new Faults();
        foreach (var word in (Environment.GetEnvironmentVariable(Variable) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            faults = faults.With(word);
        return faults.Once is { } file && !Mark(file) ? new Faults() : faults;
    }

    public void FloodAtStart() => Flood(FloodAtStartBytes);

    public void FloodPerFrame() => Flood(FloodPerFrameBytes);

    private void Flood(int bytes)
    {
        if (!StderrFlood)
            return;
        for (var written = 0; written < bytes; written += FloodLine.Length + 1)
            Console.Error.WriteLine(FloodLine);
    }

    /// <summary>True for the first that comes.</summary>
    private static bool Mark(string file)
    {
        try
        {
            using var mark = new FileStream(file, FileMode.CreateNew);
            return true;
        }
        catch (IOException) when (File.Exists(file))
        {
            return false;
        }
    }

    private Faults With(string word)
    {
        var parts = word.Split(':');
        return (parts[0], parts.Length) switch
        {
            ("busy", 1) => this with { Busy = true },
            ("no-camera", 1) => this with { NoCamera = true },
            ("wrong-stack", 1) => this with { WrongStack = true },
            ("bandwidth", 1) => this with { Bandwidth = true },
            ("once", 2) => this with { Once = parts[1] },
            ("stall", 2) => this with { StallAfter = Count(1) },
            ("half", 2) => this with { HalfAfter = Count(1) },
            ("stderr-flood", 1) => this with { StderrFlood = true },
            ("late", 2) => this with { Late = TimeSpan.FromMilliseconds(Count(1)) },
            ("frozen", 2) => this with { FrozenAfter = Count(1) },
            ("two-pictures", 2) => this with { TwoPicturesAfter = Count(1) },
            ("exit", 3) => this with { ExitCode = (int)Count(1), ExitAfter = Count(2) },
            ("ignore-sigint", 1) => this with { IgnoreSigint = true },
            ("no-metadata", 1) => this with { NoMetadata = true },
            ("chatter", 1) => this with { Chatter = true },
            ("slow-still", 2) => this with { SlowStill = TimeSpan.FromMilliseconds(Count(1)) },
            _ => throw NoFault(),
        };

        long Count(int part) => long.TryParse(parts[part], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : throw NoFault();

        ArgumentException NoFault() => new($"{Variable}: '{word}' is no fault of the simulated camera; call it without arguments for a list.");
    }
}
