using PiStereoLink.Receiver.Setup.Deploy;

namespace PiStereoLink.Tests.Setup.Deploy;

/// <summary>What is said of a machine, from the lines that the script prints there.</summary>
public sealed class MachineChecksTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private const string Pi4 = """
        model=Raspberry Pi 4 Model B Rev 1.4
        name=raspberrypi
        machine=aarch64
        bits=64
        glibc=2.36
        system=Debian GNU/Linux 12 (bookworm)
        release=12
        clock=1795262400
        free_kb=10000000
        systemd=yes
        group=video
        group=render
        group=gpio
        """;

    [Fact]
    public void A_Pi_4_is_well() =>
        Assert.All(Of(Pi4), check => Assert.Equal(Verdict.Ok, check.Verdict));

    [Theory]
    [InlineData("aarch64", "64", "linux-arm64")]
    [InlineData("aarch64", "32", "linux-arm")]
    [InlineData("armv7l", "32", "linux-arm")]
    [InlineData("x86_64", "64", "linux-x64")]
    [InlineData("armv6l", "32", null)]
    [InlineData("riscv64", "64", null)]
    public void The_build_follows_from_the_processor_and_the_size_of_its_words(string processor, string bits, string? rid) =>
        Assert.Equal(rid, new Machine(Facts.Parse($"machine={processor}\nbits={bits}")).Rid);

    [Theory]
    [InlineData("machine=aarch64", "machine=armv6l", "ARMv6", "Pi 2 or newer")]
    [InlineData("machine=aarch64", "machine=riscv64", "riscv64", "Raspberry Pi 2 or newer")]
    [InlineData("model=Raspberry Pi 4 Model B Rev 1.4", "model=Orange Pi", "Orange Pi", "--any-machine")]
    [InlineData("model=Raspberry Pi 4 Model B Rev 1.4", "", "no device tree", "--any-machine")]
    [InlineData("glibc=2.36", "glibc=2.24", "glibc 2.24", "newer Raspberry Pi OS")]
    [InlineData("glibc=2.36", "", "does not tell", "Raspberry Pi OS has it")]
    [InlineData("free_kb=10000000", "free_kb=204800", "200 MB free", "apt clean")]
    [InlineData("clock=1795262400", "clock=7", "1970-01-01 00:00", "timedatectl set-ntp true")]
    [InlineData("systemd=yes", "", "does not run systemd", "by hand")]
    public void What_is_not_well_is_named_with_the_next_step(string was, string now, string cause, string step)
    {
        var failed = Assert.Single(Of(Pi4.Replace(was, now, StringComparison.Ordinal)), check => check.Verdict == Verdict.Fail);
        Assert.Contains(cause, failed.Found, StringComparison.Ordinal);
        Assert.Contains(step, failed.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_32_bit_system_needs_a_newer_glibc()
    {
        var bullseye = Pi4.Replace("bits=64", "bits=32", StringComparison.Ordinal).Replace("glibc=2.36", "glibc=2.31", StringComparison.Ordinal);
        var failed = Assert.Single(Of(bullseye), check => check.Verdict == Verdict.Fail);
        Assert.Contains("glibc 2.31, and .NET 10 needs 2.35", failed.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_machine_does_where_that_is_allowed_and_a_missing_group_is_a_note()
    {
        var checks = MachineChecks.Of(new Machine(Facts.Parse("name=box\nmachine=x86_64\nbits=64\nglibc=2.36\nsystemd=yes\nclock=1795262400\nfree_kb=9999999\ngroup=video")), Now, anyMachine: true).ToArray();
        Assert.DoesNotContain(checks, check => check.Verdict == Verdict.Fail);
        Assert.Contains(checks, check => check is { Name: "groups", Verdict: Verdict.Note } && check.Found.Contains("render, gpio", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("model=Raspberry Pi\r\nmodel=other", "Raspberry Pi")]
    [InlineData("noise\nmodel=a=b", "a=b")]
    [InlineData("model=", null)]
    [InlineData("", null)]
    public void Lines_that_are_none_are_passed_over(string text, string? model) => Assert.Equal(model, Facts.Parse(text).Of("model"));

    [Fact]
    public void A_file_that_is_not_base64_is_none() => Assert.Null(Facts.Parse("unit=%%%").File("unit"));

    private static Check[] Of(string facts) => [.. MachineChecks.Of(new Machine(Facts.Parse(facts)), Now, anyMachine: false)];
}
