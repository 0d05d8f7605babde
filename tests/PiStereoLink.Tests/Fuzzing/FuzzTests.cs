namespace PiStereoLink.Tests.Fuzzing;

/// <summary>A million made-up inputs, one tenth of what <c>./pistereolink bench fuzz</c> tries.</summary>
public class FuzzTests
{
    [Theory]
    [InlineData("framing", 100_000)]
    [InlineData("splitter", 120_000)]
    [InlineData("jpeg", 240_000)]
    [InlineData("stamp", 200_000)]
    [InlineData("tables", 100_000)]
    [InlineData("trailer", 120_000)]
    [InlineData("lines", 120_000)]
    public void Nothing_is_thrown_nothing_is_slow_and_what_must_hold_holds(string name, int cases)
    {
        var report = FuzzRun.Run(FuzzTarget.All.Single(target => target.Name == name), firstSeed: 1, cases);
        Assert.Equal(cases, report.Cases);
        TestContext.Current.TestOutputHelper?.WriteLine($"{report.Milliseconds / cases * 1e3:0.0} us a case, the slowest {report.SlowestMilliseconds:0.00} ms (seed {report.SlowestSeed})");
    }
}
