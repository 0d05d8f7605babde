using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Trust;
using PiStereoLink.Tests.Timelapse;

namespace PiStereoLink.Tests.Trust;

public sealed class InvitationTests : IDisposable
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-invite-");
    private readonly ManualClock clock = new(new DateTime(2026, 11, 21, 8, 45, 12));

    public void Dispose() => folder.Delete(recursive: true);

    private Invitations Invitations => new(folder.FullName, clock);

    [Fact]
    public void A_token_is_good_once()
    {
        Assert.Equal(JoinRefusal.UnknownToken, Invitations.UseUp(Secret));
        Invitations.Add(Secret);
        Assert.Equal((null, 1), (Invitations.Refusal(Secret), Invitations.Open));
        Assert.Null(Invitations.UseUp(Secret));
        Assert.Equal((JoinRefusal.UsedToken, 0), (Invitations.UseUp(Secret), Invitations.Open));
    }

    [Fact]
    public void A_token_is_good_for_an_hour()
    {
        Invitations.Add(Secret);
        clock.Advance(TimeSpan.FromMinutes(60));
        Assert.Null(Invitations.Refusal(Secret));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((JoinRefusal.OldToken, JoinRefusal.OldToken, 0), (Invitations.Refusal(Secret), Invitations.UseUp(Secret), Invitations.Open));
    }

    [Fact]
    public void A_clock_that_was_set_back_does_not_make_a_token_good_for_longer()
    {
        Invitations.Add(Secret);
        clock.Advance(TimeSpan.FromHours(-2));
        Assert.Equal(JoinRefusal.OldToken, Invitations.UseUp(Secret));
    }

    [Fact]
    public async Task Of_many_that_use_one_token_at_once_one_gets_in()
    {
        for (var round = 0; round < 20; round++)
        {
            var secret = JoinToken.New("desk", default).Secret;
            Invitations.Add(secret);
            using var start = new Barrier(8);
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(() =>
            {
                start.SignalAndWait();
                return new Invitations(folder.FullName, clock).UseUp(secret);
            }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            Assert.Single(outcomes, outcome => outcome is null);
            Assert.Equal(7, outcomes.Count(outcome => outcome == JoinRefusal.UsedToken));
        }
    }

    [Fact]
    public void The_secret_is_not_written_down_and_the_files_are_their_owners_alone()
    {
        Invitations.Add(Secret);
        using var key = Keys.Made();
        Assert.Null(new JoinDesk(new PairedNodes(folder.FullName), Invitations).Join(Secret, "garden", Pin.Of(key)));
        var files = Directory.GetFiles(folder.FullName, "*", SearchOption.AllDirectories);
        Assert.Equal(2, files.Length);
        Assert.All(files, file =>
        {
            Assert.DoesNotContain(Secret, file + File.ReadAllText(file), StringComparison.Ordinal);
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        });
    }

    [Fact]
    public void A_name_and_a_key_belong_together()
    {
        using var first = Keys.Made();
        using var second = Keys.Made();
        var nodes = new PairedNodes(folder.FullName);
        var desk = new JoinDesk(nodes, Invitations);
        Assert.Null(Joins(Pin.Of(first), "garden"));
        Assert.Equal(JoinRefusal.NameTaken, Joins(Pin.Of(second), "garden"));
        Assert.Equal(JoinRefusal.KeyTaken, Joins(Pin.Of(first), "shed"));
        Assert.Equal(JoinRefusal.BadName, Joins(Pin.Of(second), "legacy-192-168-1-2"));
        Assert.Equal(JoinRefusal.BadName, Joins(Pin.Of(second), "../garden"));
        Assert.Null(Joins(Pin.Of(first), "garden"));        // whose answer was lost asks again, with another token
        Assert.Equal([new PairedNode("garden", Pin.Of(first))], nodes.All);

        string? Joins(Pin key, string node)
        {
            var secret = JoinToken.New("desk", key).Secret;
            Invitations.Add(secret);
            return desk.Join(secret, node, key);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"join\":1,\"secret\":7,\"node\":\"garden\"}")]
    [InlineData("{\"join\":1,\"secret\":\"\",\"node\":\"garden\"}")]
    [InlineData("{\"secret\":\"\\ud800\",\"node\":\"garden\"}")]
    [InlineData("{{{{{{{{")]
    public void What_is_no_request_is_refused(string line) => Assert.False(JoinLine.TryReadRequest(line, out _, out _));

    [Fact]
    public async Task A_line_that_does_not_end_is_not_read_on()
    {
        using var endless = new MemoryStream(Encoding.ASCII.GetBytes(new string('x', 10_000)));
        await Assert.ThrowsAsync<InvalidDataException>(() => JoinLine.ReadAsync(endless, TestContext.Current.CancellationToken));
        Assert.Equal(JoinLine.MaxBytes, endless.Position);
    }

    [Fact]
    public async Task Who_says_nothing_at_the_TLS_port_is_not_waited_for()
    {
        var options = new TrustOptions { StateFolder = folder.FullName, HandshakeLimit = TimeSpan.FromMilliseconds(200) };
        var nodes = new PairedNodes(folder.FullName);
        var door = new TlsDoor(options, nodes, new JoinDesk(nodes, Invitations), TimeProvider.System, NullLogger<TlsDoor>.Instance);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        using var accepted = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using (var stream = new SslStream(accepted.GetStream()))
            Assert.Null(await door.AuthenticateAsync(stream, "test", TestContext.Current.CancellationToken));
        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
    }
}
