using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PiStereoLink.Tests.Fuzzing;

namespace PiStereoLink.Benchmarks;

/// <summary>Ten million made-up inputs: is anything thrown, does what must hold hold, and how long does the slowest take? The cases are those of the tests.</summary>
internal static class FuzzCommand
{
    public const string Name = "fuzz";

    private const long DefaultCases = 10_000_000;
    private const int Batch = 10_000;

    private const string Usage = """
        Usage: ./pistereolink bench fuzz [--cases N] [--target NAME] [--seed N] [--json]
          --cases   how many inputs, shared out evenly (default 10000000)
          --target  one of framing, splitter, jpeg, stamp, tables, trailer, lines (default all)
          --seed    the first case of each (default 1); a failure tells the seed to begin with
        Example: ./pistereolink bench fuzz --target stamp --cases 100000
        """;

    /// <summary>0 when all cases passed, 1 when one did not, 2 for wrong usage.</summary>
    public static int Run(ReadOnlySpan<string> args)
    {
        var (cases, first, json) = (DefaultCases, 1L, false);
        var targets = FuzzTarget.All.Select(target => target.Name).ToArray();
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--help" or "-h": Console.Error.WriteLine(Usage); return 0;
                case "--json": json = true; continue;
                case "--cases" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out cases) && cases > 0: break;
                case "--seed" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out first): break;
                case "--target" when targets.Contains(value): targets = [value]; break;
                default: Console.Error.WriteLine($"'{args[i]} {value}' is not understood.\n{Usage}"); return 2;
            }
            i++;
        }
        try
        {
            var told = new JsonObject { ["limitMs"] = FuzzRun.LimitMilliseconds };
            var all = new FuzzReport();
            for (var i = 0; i < targets.Length; i++)
            {
                var report = Try(targets[i], first, cases * (i + 1) / targets.Length - cases * i / targets.Length);
                all += report;
                told[targets[i]] = Tell(targets[i], report);
            }
            told["all"] = Tell("all", all);
            if (json)
                Console.WriteLine(new JsonObject { [Name] = told }.ToJsonString(JsonSerializerOptions.Default));
            return 0;
        }
        catch (AggregateException e)
        {
            Console.Error.WriteLine(e.InnerException!.Message);
            return 1;
        }
    }

    /// <summary>The cases in batches, on every processor.</summary>
    private static FuzzReport Try(string name, long first, long cases)
    {
        var gate = new Lock();
        var all = new FuzzReport();
        Parallel.For(0, (cases + Batch - 1) / Batch,
            () => (Target: FuzzTarget.All.Single(target => target.Name == name), Report: new FuzzReport()),
            (batch, _, mine) => mine with { Report = mine.Report + FuzzRun.Run(mine.Target, (ulong)(first + batch * Batch), Math.Min(Batch, cases - batch * Batch)) },
            mine =>
            {
                lock (gate)
                    all += mine.Report;
            });
        return all;
    }

    private static JsonObject Tell(string name, FuzzReport report)
    {
        var each = report.Milliseconds / report.Cases * 1e3;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {name,-10} {report.Cases,10} cases  {each,7:0.0} us CPU a case  the slowest {report.SlowestMilliseconds,6:0.00} ms (seed {report.SlowestSeed})"));
        return new JsonObject { ["cases"] = report.Cases, ["usPerCase"] = each, ["slowestMs"] = report.SlowestMilliseconds, ["slowestSeed"] = report.SlowestSeed };
    }
}
