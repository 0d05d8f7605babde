namespace PiStereoLink.Tests.Setup.Card;

public class CardSecretTests
{
    [Theory]
    [InlineData("Bullseye")]
    [InlineData("Bookworm")]
    [InlineData("Trixie")]
    public async Task A_dry_run_shows_the_files_without_secrets_and_writes_nothing(string generation)
    {
        using var card = MadeUpCard.Of(generation);
        var before = card.Names.ToDictionary(name => name, name => card[name]);
        var outcome = await card.PrepareAsync("--dry-run", "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        Assert.Equal(before, card.Names.ToDictionary(name => name, name => card[name]));
        Assert.Contains("---- cmdline.txt", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("********", outcome.Errors, StringComparison.Ordinal);
        foreach (var secret in new[] { MadeUpCard.Password, MadeUpCard.Key, "$y$", "$5$" })
            Assert.DoesNotContain(secret, outcome.Errors + outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_is_told_without_secrets()
    {
        using var card = MadeUpCard.Bookworm;
        var outcome = await card.PrepareAsync();
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        foreach (var secret in new[] { MadeUpCard.Password, MadeUpCard.Passphrase, MadeUpCard.Key, "$y$", "$5$" })
            Assert.DoesNotContain(secret, outcome.Errors + outcome.Output.Replace("the password", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_option_takes_a_secret_itself()
    {
        using var card = MadeUpCard.Bookworm;
        foreach (var option in new[] { "--password", "--wifi-password" })
        {
            var outcome = await card.PrepareAsync(option, "secret");
            Assert.Equal(2, outcome.ExitCode);
        }
    }

    [Fact]
    public async Task Without_a_terminal_nobody_is_asked()
    {
        using var card = MadeUpCard.Bookworm;
        var outcome = await card.RunAsync("--user", "alice", "--hostname", "one");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal("The password of alice is needed, and there is no terminal to ask at; --password-file FILE names a file whose first line it is.\n", outcome.Errors);
    }
}
