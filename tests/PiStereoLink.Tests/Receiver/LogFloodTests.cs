using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PiStereoLink.Receiver;
using PiStereoLink.Tests.Trust;

namespace PiStereoLink.Tests.Receiver;

/// <summary>A stranger cannot fill the log, nor write what looks like another line of it.</summary>
public class LogFloodTests
{
    private const int Strangers = 2000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_thousand_connections_of_garbage_are_some_lines_and_the_count_of_the_others()
    {
        await using var receiver = await RunningReceiver.StartAsync();
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, Strangers, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token },
            async (number, _) => await receiver.ExchangeAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), $"127.0.{number / 200}.{2 + number % 200}"));
        await Until.TrueAsync(() => Task.FromResult(Told(receiver, "dropped, Length") == Strangers && Told(receiver, "connected (unencrypted)") == Strangers));
        Assert.InRange(receiver.LogLines.Count, 1, AllowedSince(began, 100));
        Assert.Contains(receiver.LogLines, line => Regex.IsMatch(line, "^Warning: Left out within 10 s, lines like the one that follows: [0-9]+\\. 127.0.[0-9]+.[0-9]+:[0-9]+ dropped, Length: "));
    }

    [Fact]
    public async Task Who_is_not_let_in_at_the_TLS_port_cannot_fill_the_log_either()
    {
        await using var receiver = await PairingReceiver.StartAsync();
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, async (_, _) =>
        {
            using var socket = await TlsPeer.DialAsync(receiver.Running.TlsPort!);
            await socket.SendAsync("\u001b[2J\r\n no TLS"u8.ToArray(), Token);
            socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            while (await ReceivedAsync(socket) > 0)
            {
            }
        });
        await Until.TrueAsync(() => Task.FromResult(Told(receiver.Running, "was not let in at the TLS port") == 200));
        Assert.InRange(receiver.Running.LogLines.Count, 1, AllowedSince(began, 60));
        Assert.All(receiver.Running.LogLines, OneHarmlessLine);
    }

    [Fact]
    public async Task What_strangers_say_is_one_harmless_line_of_the_log()
    {
        const string bad = "\u001b[31m\r\nError: all is lost\u202e\u2066";
        await using var receiver = await PairingReceiver.StartAsync();
        foreach (var text in new[] { bad, bad + new string('x', 10_240) })
        {
            await receiver.Running.ExchangeAsync(Encoding.UTF8.GetBytes(text));
            await receiver.Running.ExchangeAsync([.. Pieces.Framed(Encoding.UTF8.GetBytes(text))]);
            using var key = Keys.Made();
            await TlsPeer.JoinAsync(receiver, key, JoinableSecret(text), text);
            await TlsPeer.JoinAsync(receiver, key, receiver.Invite().Secret, text);
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/status?" + Uri.EscapeDataString(text[..Math.Min(text.Length, 1000)]));
            request.Headers.TryAddWithoutValidation("Host", "evil.example");
            var refused = await (await receiver.Running.Web.SendAsync(request, Token)).Content.ReadAsStringAsync(Token);
            Assert.Contains("is not called 'evil.example'", refused, StringComparison.Ordinal);
        }
        await Until.TrueAsync(() => Task.FromResult(Told(receiver.Running, "came with a token and was refused") >= 1));
        Assert.All(receiver.Running.LogLines, OneHarmlessLine);
    }

    /// <summary>So many lines in the first 10 s, and as many again in each 10 s that a busy machine takes longer.</summary>
    private static int AllowedSince(long began, int lines) => lines * (1 + (int)(Stopwatch.GetElapsedTime(began).TotalSeconds / 10));

    private static string JoinableSecret(string text) => text[..Math.Min(text.Length, 100)];

    private static void OneHarmlessLine(string line)
    {
        Assert.DoesNotContain(line, static c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
        Assert.InRange(line.Length, 1, 1000);
    }

    private static async Task<int> ReceivedAsync(System.Net.Sockets.Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[256], Token);
        }
        catch (System.Net.Sockets.SocketException)
        {
            return 0;
        }
    }

    /// <summary>How often something was told, with what was left out and counted.</summary>
    private static long Told(RunningReceiver receiver, string what) => receiver.LogLines.Where(line => line.Contains(what, StringComparison.Ordinal))
        .Sum(static line => line.Split("lines like the one that follows: ") is [_, var rest] ? long.Parse(rest.AsSpan(0, rest.IndexOf('.', StringComparison.Ordinal)), CultureInfo.InvariantCulture) : 1);
}
