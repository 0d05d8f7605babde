using System.Text.RegularExpressions;
using PiStereoLink.Receiver.Setup.Card;

namespace PiStereoLink.Tests.Setup.Card;

/// <summary>Hashes and keys against the system's own crypt, through Perl.</summary>
public class CardHashTests
{
    private const string Crypt = "binmode STDOUT; while (@ARGV) { my ($p, $s) = splice @ARGV, 0, 2; print crypt($p, $s), \"\\n\" }";

    [Fact]
    public async Task Our_own_hashes_are_those_of_crypt()
    {
        string[] passwords = [.. Enumerable.Range(1, 70).Select(length => string.Concat(Enumerable.Range(0, length).Select(at => (char)('!' + (at * 7 + length) % 90)))), "grüße 漢字 🦉"];
        string[] settings = ["$5$saltstring$", "$5$rounds=1234$a$", "$5$rounds=1000$sixteen.letters.$"];
        var pairs = passwords.SelectMany((password, at) => new[] { password, settings[at % settings.Length] }).ToArray();
        var theirs = await PerlAsync(pairs);
        Assert.Equal(theirs, pairs.Chunk(2).Select(pair => Sha256Crypt.Hash(pair[0], pair[1])));
    }

    [Theory]
    [InlineData("Buster", "firstrun.sh")]
    [InlineData("Bullseye", "userconf.txt")]
    [InlineData("Bookworm", "firstrun.sh")]
    [InlineData("Trixie", "user-data")]
    public async Task The_hash_on_a_card_is_of_the_password(string generation, string file)
    {
        using var card = MadeUpCard.Of(generation);
        await card.PreparedAsync();
        var hash = Regex.Match(card[file], @"\$[y5]\$[^'""\n:]+").Value;
        var (right, wrong) = (await PerlAsync(MadeUpCard.Password, hash), await PerlAsync("raspberry", hash));
        Assert.Equal(hash, Assert.Single(right));
        Assert.NotEqual(hash, Assert.Single(wrong));
    }

    [Fact]
    public void The_best_kind_is_taken_that_the_image_knows_and_this_machine_can_make()
    {
        Assert.StartsWith("$5$rounds=100000$", PasswordHash.Of("x", yescrypt: false), StringComparison.Ordinal);
        Assert.StartsWith(SystemCrypt.Yescrypt("x") is null ? "$5$" : "$y$", PasswordHash.Of("x", yescrypt: true), StringComparison.Ordinal);
        Assert.NotEqual(PasswordHash.Of("x", yescrypt: false), PasswordHash.Of("x", yescrypt: false));
    }

    [Fact]
    public void A_key_of_64_digits_is_taken_as_it_is()
    {
        var key = string.Concat(Enumerable.Repeat("0aF9", 16));
        Assert.Equal(key.ToLowerInvariant(), WifiNetwork.Of("x", key, "DE", hidden: false, wpa3: false).Key);
    }

    private static async Task<string[]> PerlAsync(params string[] pairs)
    {
        var outcome = await Tool.RunInstalledAsync("perl", ["-e", Crypt, "--", .. pairs]);
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        return outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
