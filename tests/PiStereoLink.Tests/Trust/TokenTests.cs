using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Trust;

public sealed class TokenTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-trust-");

    private string Key => Path.Combine(folder.FullName, "key.pem");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("desk")]
    [InlineData("192.168.1.20")]
    [InlineData("desk.local:8444")]
    [InlineData("[fe80::1]:8443")]
    public void A_token_reads_as_it_was_written(string host)
    {
        using var certificate = KeyFile.LoadOrMake(Key);
        var token = JoinToken.New(host, Pin.Of(certificate));
        Assert.StartsWith($"psl1.{host}.{Pin.Of(certificate)}.", token.ToString(), StringComparison.Ordinal);
        Assert.True(JoinToken.TryParse($" {token}\n".Trim(), out var read));
        Assert.Equal(token, read);
        Assert.NotEqual(token.Secret, JoinToken.New(host, token.Receiver).Secret);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("psl1.desk")]
    [InlineData("psl2.desk.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.0123456789abcdef0123456789abcdef")]
    [InlineData("psl1..AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.0123456789abcdef0123456789abcdef")]
    [InlineData("psl1.desk.AAAA.0123456789abcdef0123456789abcdef")]
    [InlineData("psl1.desk.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.0123456789abcdef")]
    [InlineData("psl1.desk.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.0123456789ABCDEF0123456789abcdef")]
    [InlineData("psl1.de sk.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.0123456789abcdef0123456789abcdef")]
    public void What_is_no_token_is_refused(string? text) => Assert.False(JoinToken.TryParse(text, out _));

    [Fact]
    public void A_key_is_made_once_and_is_its_owners_alone()
    {
        using var first = KeyFile.LoadOrMake(Key);
        using var second = KeyFile.LoadOrMake(Key);
        Assert.Equal(Pin.Of(first), Pin.Of(second));
        Assert.True(second.HasPrivateKey);
        Assert.True(Pin.TryParse(Pin.Of(first).ToString(), out var read));
        Assert.Equal(Pin.Of(first), read);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Key));
        Assert.Equal([Key], Directory.GetFiles(folder.FullName));
    }

    [Fact]
    public void A_key_file_that_holds_something_else_is_named()
    {
        File.WriteAllText(Key, "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
        Assert.Contains($"{Key} holds no certificate with its key", Assert.Throws<InvalidDataException>(() => KeyFile.LoadOrMake(Key)).Message, StringComparison.Ordinal);
    }
}
