using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PiStereoLink.Benchmarks;

/// <summary>
/// Runs benchmarks. The contestants take turns, since a shared machine changes its speed, and what counts is the median of the ratios
/// round by round.
/// </summary>
internal static class BenchmarkRun
{
    private const int Rounds = 3;

    public static async Task<int> RunAsync(string[] args, params Benchmark[] all)
    {
        var json = args.Contains("--json");
        var names = args.Where(arg => arg != "--json").ToArray();
        if (names.FirstOrDefault(name => all.All(benchmark => benchmark.Name != name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync(unknown is "--help" or "-h" ? "" : $"There is no benchmark '{unknown}'.");
            await Console.Error.WriteLineAsync($"Usage: ./pistereolink bench [NAME...] [--json]\n{string.Join('\n', all.Select(one => $"  {one.Name,-12} {one.Question}"))}\n  {FuzzCommand.Name,-12} Ten million made-up inputs: is anything thrown, and how long does the slowest take? Options of its own: bench fuzz --help.\n  {HostileCommand.Name,-12} Five hundred peers that stall, a thousand that declare 32 MiB: what do the good ones keep? Options of its own: bench hostile --help.\n  {FaultsCommand.Name,-12} Cuts, power cuts, kills and black holes in full length: is a frame lost, kept twice, or half? Options of its own: bench faults --help.\nExample: ./pistereolink bench {all[0].Name}");
            return unknown is "--help" or "-h" ? 0 : 2;
        }
        var results = new JsonObject();
        foreach (var benchmark in all.Where(benchmark => names.Length == 0 || names.Contains(benchmark.Name)))
            results[benchmark.Name] = await MeasureAsync(benchmark);
        if (json)
            Console.WriteLine(results.ToJsonString(JsonSerializerOptions.Default));
        return 0;
    }

    private static async Task<JsonObject> MeasureAsync(Benchmark benchmark)
    {
        await Console.Error.WriteLineAsync($"{benchmark.Name}: {benchmark.Question}");
        var taking = new List<(Contestant Contestant, List<Figures> Rounds)>();
        foreach (var contestant in benchmark.Contestants())
        {
            if (contestant.WhyNot is null)
                taking.Add((contestant, []));
            else
                await Console.Error.WriteLineAsync($"  {contestant.Name}: left out, {contestant.WhyNot}");
        }
        for (var round = 0; round < Rounds; round++)
            foreach (var (contestant, rounds) in taking)
                rounds.Add(await contestant.RoundAsync());

        var ours = taking[0].Rounds;
        var result = new JsonObject();
        foreach (var (contestant, rounds) in taking)
        {
            var ratio = Median(rounds.Select((figures, round) => ours[round].Values[0].Value / figures.Values[0].Value));
            var medians = rounds[0].Values.Select((figure, at) => figure with { Value = Median(rounds.Select(figures => figures.Values[at].Value)) }).ToArray();
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"  {contestant.Name,-22} {string.Join("  ", medians.Select(Text))}{(contestant == taking[0].Contestant ? "" : $"  ours takes {ratio:0.00}x of it")}"));
            var told = new JsonObject { ["oursToThis"] = ratio, ["frames"] = rounds.Sum(figures => figures.Pictures) };
            foreach (var figure in medians)
                told[figure.Name] = figure.Value;
            result[contestant.Name] = told;
        }
        return result;
    }

    private static string Text(Figure figure) => string.Create(CultureInfo.InvariantCulture, $"{figure.Value,8:0.###} {figure.Unit}");

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
