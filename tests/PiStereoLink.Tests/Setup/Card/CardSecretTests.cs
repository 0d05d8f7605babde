namespace PiStereoLink.Tests.Setup.Card;

public class CardSecretTests
{
    /// <summary>A terminal: types each answer when the question's colon has come, and prints what was on the screen.</summary>
    private const string Terminal = """
        import os, pty, sys
        pid, screen = pty.fork()
        if pid == 0: os.execv(sys.argv[1], sys.argv[1:-1])
        answers, shown, seen = sys.argv[-1].split('|'), b'', 0
        while True:
            try: shown += os.read(screen, 4096)
            except OSError: break
            if answers and shown.count(b': ') > seen:
                seen = shown.count(b': ')
                os.write(screen, answers.pop(0).encode() + b'\r')
        print(shown.decode())
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        """;

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
    public async Task At_a_terminal_a_password_is_asked_for_twice_and_not_shown()
    {
        const string python = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(python), $"{python}, which plays the terminal, is not installed");
        using var card = MadeUpCard.Bullseye;
        var outcome = await Tool.RunAsync(python, "-c", Terminal, Programs.Path("PiStereoLink.Receiver"), "setup", "sdcard", "--boot", card.Folder, "--user", "alice", "--hostname", "one", "first one|another|second on\u007fne|second one");
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Errors);
        Assert.Contains("They are not the same; again, please.", outcome.Output, StringComparison.Ordinal);
        foreach (var secret in new[] { "first one", "another", "second on" })
            Assert.DoesNotContain(secret, outcome.Output, StringComparison.Ordinal);
        Assert.NotNull(PiStereoLink.Receiver.Setup.Card.PasswordHash.AmongThose("second one", [card["userconf.txt"]]));
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
