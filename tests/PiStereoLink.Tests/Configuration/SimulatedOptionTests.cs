using System.Collections.Concurrent;
using PiStereoLink.Tests.SimulatedCamera;

namespace PiStereoLink.Tests.Configuration;

/// <summary>The simulated programs have the options that the real ones have, and refuse the others as those do.</summary>
public class SimulatedOptionTests
{
    private const string Newest = "2026-12";

    public static TheoryData<string> Programs => ["rpicam-still", "rpicam-vid", "raspistill", "raspiyuv", "raspivid", "raspividyuv"];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task What_the_real_program_has_is_taken(string program)
    {
        var isRpicam = program.StartsWith("rpicam-", StringComparison.Ordinal);
        var options = Of(isRpicam).Where(option => Has(option, program) && option.Name != "help").ToArray();
        Assert.NotEmpty(options);
        await TakesAsync(options.Select(option => isRpicam ? Long(option) : $"--{option.Name} {option.Value}"));
        await TakesAsync(options.Where(option => option.Short.Length > 0).Select(option => isRpicam ? $"-{option.Short}{option.Value}" : $"-{option.Short} {option.Value}"));

        // The simulated programs of the legacy stack know some options that they do not play, and say so before anything else.
        async Task TakesAsync(IEnumerable<string> words)
        {
            var (exitCode, _, stderr) = await CameraProcess.RunAsync(string.Join(' ', words) + (isRpicam ? " --version" : ""), named: program, generation: Newest);
            Assert.True(isRpicam ? exitCode == 0 : exitCode == 70 && stderr.Contains("is not simulated", StringComparison.Ordinal), $"{exitCode}: {stderr}");
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task What_it_does_not_have_is_refused_in_its_words_and_with_its_exit_code(string program)
    {
        var isRpicam = program.StartsWith("rpicam-", StringComparison.Ordinal);
        var own = Of(isRpicam).Where(option => Has(option, program)).Select(option => option.Name).ToHashSet();
        // The other suite's options are tried with one program of each. To rpicam-* the first letters of an option are enough.
        var others = program is "rpicam-still" or "raspistill" ? Of(!isRpicam) : [];
        var foreign = Of(isRpicam).Concat(others).Select(option => option.Name).Where(name => !own.Contains(name) && !(isRpicam && own.Any(mine => mine.StartsWith(name, StringComparison.Ordinal)))).Distinct();
        var taken = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(foreign, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = TestContext.Current.CancellationToken }, async (name, _) =>
        {
            var (exitCode, stdout, stderr) = await CameraProcess.RunAsync($"--{name}", named: program, generation: Newest);
            var expected = isRpicam ? (255, $"ERROR: *** unrecognised option '--{name}' ***\n") : (64, $"Invalid command line option (--{name})\n");
            if ((exitCode, stderr) != expected || stdout.Length > 0)
                taken.Add($"{name}: {exitCode} {stderr}");
        });
        Assert.Empty(taken);
    }

    public static TheoryData<string, string, string> Dated =>
        [.. from option in CameraProgramOptions.Rpicam from program in option.Programs where program.Value.Length > 0 select new TheoryDataRow<string, string, string>($"libcamera-{program.Key}", Long(option), program.Value)];

    [Theory]
    [MemberData(nameof(Dated))]
    public async Task What_came_later_is_refused_the_month_before(string program, string option, string since)
    {
        var (exitCode, _, stderr) = await CameraProcess.RunAsync(option + " --version", named: program, generation: DateTime.Parse(since + "-01", null).AddMonths(-1).ToString("yyyy-MM", null));
        Assert.Equal((255, $"ERROR: *** unrecognised option '{option.Split('=')[0]}' ***\n"), (exitCode, stderr));
        Assert.Equal(0, (await CameraProcess.RunAsync(option + " --version", named: program, generation: since)).ExitCode);
    }

    private static CameraProgramOption[] Of(bool rpicam) => rpicam ? CameraProgramOptions.Rpicam : CameraProgramOptions.Raspi;

    private static bool Has(CameraProgramOption option, string program) => option.Programs.ContainsKey(program.Replace("rpicam-", "", StringComparison.Ordinal));

    private static string Long(CameraProgramOption option) => $"--{option.Name}{(option.Value is { } value ? "=" + value : "")}";
}
