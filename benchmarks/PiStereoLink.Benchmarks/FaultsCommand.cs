using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PiStereoLink.Tests.LinkFaults;

namespace PiStereoLink.Benchmarks;

/// <summary>The link's promises in full length: is a frame lost, kept twice, or half? The runs are those of the tests.</summary>
internal static class FaultsCommand
{
    public const string Name = "faults";

    private const int Frames = 100_000, Cuts = 1000, PowerCuts = 200, Kills = 200, Returning = 64;

    /// <summary>Links that are cut at the same time; each is without a connection for half a second after a cut.</summary>
    private const int CutAgents = 8;

    private static readonly (string Name, string What, Func<string?> WhyNot, Func<string, Task<FaultReport>>[] Runs)[] Parts =
    [
        ("cuts", $"{Frames} frames over {Cuts} random cuts, {CutAgents} agents at once", () => null,
            [folder => new CutRun(CutAgents, Frames / CutAgents, Cuts / CutAgents, PerSecond: 40, Silences: 1).RunAsync(folder, Console.Error.WriteLine)]),
        ("power", $"{PowerCuts} emulated power cuts of the store, and of the spool", () => LoopDisk.WhyNot,
            [new PowerRun(PowerCuts).StoreAsync, new PowerRun(PowerCuts).SpoolAsync]),
        ("kill", $"{Kills} kills of the receiver, and of the agent", () => null,
            [new KillRun(Kills).ReceiverAsync, new KillRun(Kills).AgentAsync]),
        ("blackhole", "a network that swallows packets: noticed within 30 s at both ends, back within 60 s", () => Namespaces.WhyNot,
            [folder => new BlackholeRun(Agents: 1, Dark: TimeSpan.FromSeconds(120)).RunAsync(folder, noticedWithin: 30, backWithin: 60)]),
        ("return", $"{Returning} agents behind such a network: all back within 90 s", () => Namespaces.WhyNot,
            [folder => new BlackholeRun(Returning, Dark: TimeSpan.FromSeconds(120)).RunAsync(folder, noticedWithin: 30, backWithin: 90)]),
    ];

    private static string Usage => $"""
        Usage: ./pistereolink bench faults [--part NAME] [--json]
          --part  one of these (default all):
        {string.Join('\n', Parts.Select(part => $"    {part.Name,-9} {part.What}"))}
        Example: ./pistereolink bench faults --part blackhole
        """;

    /// <summary>0 when everything holds, 1 when something falls short or cannot be tried here, 2 for wrong usage.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var (chosen, json) = (Parts, false);
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--help" or "-h": await Console.Error.WriteLineAsync(Usage); return 0;
                case "--json": json = true; continue;
                case "--part" when Parts.Any(part => part.Name == value): chosen = [Parts.Single(part => part.Name == value)]; break;
                default: await Console.Error.WriteLineAsync($"'{args[i]} {value}' is not understood.\n{Usage}"); return 2;
            }
            i++;
        }
        var told = new JsonObject();
        var holds = true;
        foreach (var part in chosen)
            if (part.WhyNot() is { } whyNot)
            {
                await Console.Error.WriteLineAsync($"{part.Name}: left out, {whyNot}");
                told[part.Name] = new JsonObject { ["leftOut"] = whyNot };
                holds = false;
            }
            else
            {
                await Console.Error.WriteLineAsync($"{part.Name}: {part.What}");
                foreach (var runAsync in part.Runs)
                    holds &= await TryAsync(part.Name, runAsync, told);
            }
        if (json)
            Console.WriteLine(new JsonObject { [Name] = told }.ToJsonString(JsonSerializerOptions.Default));
        return holds ? 0 : 1;
    }

    private static async Task<bool> TryAsync(string name, Func<string, Task<FaultReport>> runAsync, JsonObject told)
    {
        var folder = Directory.CreateTempSubdirectory("pistereolink-faults-");
        try
        {
            var report = await runAsync(folder.FullName);
            await Console.Error.WriteLineAsync($"  {report}");
            told[report.Part] = Told(report);
            return report.Shortfall is null;
        }
        catch (InvalidOperationException e)
        {
            await Console.Error.WriteLineAsync($"  failed: {e.Message}");
            told[name] = new JsonObject { ["failed"] = e.Message };
            return false;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static JsonObject Told(FaultReport report)
    {
        var told = new JsonObject { ["holds"] = report.Shortfall is null };
        foreach (var (name, value) in report.Figures)
            told[name] = double.IsNaN(value) ? null : double.Parse(value.ToString("0.###", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return told;
    }
}
