using System.Globalization;

namespace PiStereoLink.Tests.LinkFaults;

/// <summary>What one run of faults showed.</summary>
/// <param name="Part">What it is called: cuts, power, kill, blackhole, return.</param>
/// <param name="Shortfall">What is not as it must be, in words; null when all holds.</param>
/// <param name="Figures">What was counted and measured.</param>
internal sealed record FaultReport(string Part, string? Shortfall, params (string Name, double Value)[] Figures)
{
    public double this[string name] => Figures.Single(figure => figure.Name == name).Value;

    /// <summary>The words for those of the conditions that do not hold, or null.</summary>
    public static string? Short(params (bool Holds, string Otherwise)[] conditions) =>
        conditions.Where(condition => !condition.Holds).Select(condition => condition.Otherwise).ToArray() is { Length: > 0 } all ? string.Join("; ", all) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Part}: {string.Join(", ", Figures.Select(figure => $"{figure.Name} {figure.Value.ToString("0.##", CultureInfo.InvariantCulture)}"))}{(Shortfall is null ? "" : $" - SHORT: {Shortfall}")}");
}
