using System.Diagnostics;
using System.Text.Json;
using PiStereoLink.Tests.LinkFaults;

namespace PiStereoLink.Tests.Setup.Find;

/// <summary>The real command in a network of its own: two namespaces and a cable between them; the other one answers as a Pi does.</summary>
public class FindTests
{
    private const string PiAddress = "10.79.1.2", PiMac = "b8:27:eb:01:02:03";

    /// <summary>Answers to its name and to its address, to whoever asks by multicast; prints a line when it listens.</summary>
    private const string Responder = """
        import socket, struct, sys
        name, address = sys.argv[1], sys.argv[2]
        def coded(text): return b''.join(bytes([len(p)]) + p.encode() for p in text.split('.')) + b'\0'
        back = '.'.join(reversed(address.split('.'))) + '.in-addr.arpa'
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.bind(('', 5353))
        s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton('224.0.0.251') + socket.inet_aton(address))
        print('listening', flush=True)
        while True:
            question, who = s.recvfrom(9000)
            answers = b''
            if coded(name) + b'\0\1' in question: answers += coded(name) + struct.pack('>HHIH', 1, 0x8001, 120, 4) + socket.inet_aton(address)
            if coded(back) + b'\0\x0c' in question: answers += coded(back) + struct.pack('>HHIH', 12, 0x8001, 120, len(coded(name))) + coded(name)
            if answers: s.sendto(struct.pack('>HHHHHH', 0, 0x8400, 0, 1 if answers.count(b'\x80\1') < 2 else 2, 0, 0) + answers, who)
        """;

    [Fact]
    public async Task A_Pi_is_found_by_the_name_that_it_was_given()
    {
        using var network = new Cable();
        using var responder = await AnswersAsync(network, "garden-left.local");
        var (exitCode, said, errors) = await FindAsync(network, "--name", "garden-left");
        Assert.True(exitCode == 0, errors);
        var one = Assert.Single(said.GetProperty("found").EnumerateArray());
        Assert.Equal("garden-left.local", one.GetProperty("name").GetString());
        Assert.Equal(PiAddress, Assert.Single(one.GetProperty("addresses").EnumerateArray()).GetString());
        Assert.Contains("mdns", one.GetProperty("by").EnumerateArray().Select(by => by.GetString()));
    }

    [Fact]
    public async Task A_neighbour_with_a_Pis_hardware_address_is_found_and_asked_for_its_name()
    {
        using var network = new Cable();
        Shell.Run("ip", "-n", network.Desk, "neighbour", "add", PiAddress, "lladdr", PiMac, "dev", "eth0");
        using (var responder = await AnswersAsync(network, "any-name.local"))
        {
            var one = Assert.Single((await FindAsync(network)).Said.GetProperty("found").EnumerateArray());
            Assert.Equal("any-name.local", one.GetProperty("name").GetString());
            Assert.Equal(PiMac, one.GetProperty("mac").GetString());
            Assert.True(one.GetProperty("isRaspberryPi").GetBoolean());
        }
        var silent = Assert.Single((await FindAsync(network)).Said.GetProperty("found").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, silent.GetProperty("name").ValueKind);
    }

    [Fact]
    public async Task Where_nobody_answers_it_says_what_to_do()
    {
        using var network = new Cable();
        Shell.Run("ip", "-n", network.Desk, "neighbour", "add", "10.79.1.9", "lladdr", "00:11:22:33:44:55", "dev", "eth0");
        var (exitCode, said, errors) = await FindAsync(network, "--name", "garden-left.local");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("No Raspberry Pi was found: nobody answers to garden-left.local or raspberrypi.local, and none of 1 neighbours has a hardware address of one.", errors, StringComparison.Ordinal);
        Assert.Contains("nmap -sn", errors, StringComparison.Ordinal);
        Assert.Empty(said.GetProperty("found").EnumerateArray());
    }

    [Fact]
    public async Task An_old_host_key_is_explained_with_the_line_that_forgets_it()
    {
        using var network = new Cable();
        using var responder = await AnswersAsync(network, "garden-left.local");
        using var home = new KeyFolder();
        home.Put("known_hosts", "garden-left.local ssh-ed25519 AAAA\n");
        var (_, said, _) = await FindAsAsync(home.Home, network, "--name", "garden-left");
        var sentence = Assert.Single(Assert.Single(said.GetProperty("found").EnumerateArray()).GetProperty("knownHosts").EnumerateArray()).GetString();
        Assert.EndsWith("REMOTE HOST IDENTIFICATION HAS CHANGED\": then forget it with `ssh-keygen -R garden-left.local`.", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--seconds", "0", "--seconds 0: 0.5 to 60 seconds are allowed.")]
    [InlineData("--name", "a b", "--name a b: a host name of letters")]
    public async Task Wrong_usage_is_said_before_anything_is_asked(string option, string value, string sentence)
    {
        var outcome = await Tool.RunAsync(Programs.Path("PiStereoLink.Receiver"), "setup", "find", option, value);
        Assert.Equal(2, outcome.ExitCode);
        Assert.StartsWith(sentence, outcome.Errors, StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, JsonElement Said, string Errors)> FindAsync(Cable network, params string[] arguments) => FindAsAsync("/nonexistent", network, arguments);

    private static async Task<(int ExitCode, JsonElement Said, string Errors)> FindAsAsync(string home, Cable network, params string[] arguments)
    {
        var outcome = await Tool.RunAsync(Shell.Find("ip"), ["netns", "exec", network.Desk, Shell.Find("env"), $"HOME={home}", Programs.Path("PiStereoLink.Receiver"), "setup", "find", "--seconds", "3", "--json", .. arguments]);
        Assert.True(outcome.Output.Length > 0, outcome.Errors);
        return (outcome.ExitCode, JsonDocument.Parse(outcome.Output.TrimEnd('\n').Split('\n')[^1]).RootElement.Clone(), outcome.Errors);
    }

    private static async Task<Answering> AnswersAsync(Cable network, string name)
    {
        const string python = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(python), $"{python}, which plays the Pi, is not installed");
        var process = Process.Start(new ProcessStartInfo(Shell.Find("ip"), ["netns", "exec", network.Pi, python, "-c", Responder, name, PiAddress]) { RedirectStandardOutput = true })!;
        Assert.Equal("listening", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        return new Answering(process);
    }

    private sealed class Answering(Process process) : IDisposable
    {
        public void Dispose()
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }
    }

    /// <summary>Two network namespaces and a cable; skips the test where none can be made.</summary>
    private sealed class Cable : IDisposable
    {
        public Cable()
        {
            Assert.SkipWhen(Namespaces.WhyNot is not null, $"{Namespaces.WhyNot}");
            var name = $"psl{Random.Shared.Next(0x10000):x4}";
            (Desk, Pi) = ($"{name}fd", $"{name}fp");
            Shell.Run("ip", "netns", "add", Desk);
            Shell.Run("ip", "netns", "add", Pi);
            Shell.Run("ip", "-n", Desk, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", Pi);
            foreach (var (end, address) in new[] { (Desk, "10.79.1.1/24"), (Pi, $"{PiAddress}/24") })
            {
                Shell.Run("ip", "-n", end, "address", "add", address, "dev", "eth0");
                Shell.Run("ip", "-n", end, "link", "set", "eth0", "up");
            }
        }

        public string Desk { get; }

        public string Pi { get; }

        public void Dispose()
        {
            Shell.Run("ip", "netns", "del", Desk);
            Shell.Run("ip", "netns", "del", Pi);
        }
    }
}
