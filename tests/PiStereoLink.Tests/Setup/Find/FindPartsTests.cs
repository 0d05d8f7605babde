using System.Net;
using PiStereoLink.Receiver.Setup.Find;

namespace PiStereoLink.Tests.Setup.Find;

public class FindPartsTests
{
    /// <summary>garden-left.local at 192.168.1.31, and 31.1.168.192.in-addr.arpa with a name that points back to the first.</summary>
    private static readonly byte[] Answer =
    [
        0, 0, 0x84, 0, 0, 0, 0, 2, 0, 0, 0, 0,
        11, .. "garden-left"u8, 5, .. "local"u8, 0, 0, 1, 0x80, 1, 0, 0, 0, 120, 0, 4, 192, 168, 1, 31,
        2, .. "31"u8, 1, .. "1"u8, 3, .. "168"u8, 3, .. "192"u8, 7, .. "in-addr"u8, 4, .. "arpa"u8, 0, 0, 12, 0x80, 1, 0, 0, 0, 120, 0, 2, 0xC0, 12,
    ];

    [Fact]
    public void An_answer_has_addresses_and_names()
    {
        Assert.Equal([new DnsRecord("garden-left.local", IPAddress.Parse("192.168.1.31"), null), new DnsRecord("31.1.168.192.in-addr.arpa", null, "garden-left.local")], DnsMessage.Answers(Answer));
        var question = DnsMessage.Question([("garden-left.local", DnsType.AddressOf)]);
        Assert.Equal([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 11, .. "garden-left"u8, 5, .. "local"u8, 0, 0, 1, 0, 1], question);
        Assert.Empty(DnsMessage.Answers(question));
    }

    [Fact]
    public void Broken_answers_are_read_as_far_as_they_go()
    {
        for (var length = 0; length < Answer.Length; length++)
            Assert.InRange(DnsMessage.Answers(Answer.AsSpan(0, length)).Count, 0, 1);
        for (var at = 0; at < Answer.Length; at++)
            for (var value = 0; value < 256; value += 3)
            {
                byte[] bent = [.. Answer];
                bent[at] = (byte)value;
                Assert.InRange(DnsMessage.Answers(bent).Count, 0, 2);
            }
        byte[] circle = [0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4];
        Assert.Empty(DnsMessage.Answers(circle));
    }

    [Fact]
    public void The_neighbours_of_Linux_macOS_and_Windows_are_read()
    {
        const string tables = """
            IP address       HW type     Flags       HW address            Mask     Device
            192.168.1.31     0x1         0x2         b8:27:eb:01:02:03     *        eth0
            192.168.1.32     0x1         0x0         00:00:00:00:00:00     *        eth0
            192.168.1.31 dev eth0 lladdr b8:27:eb:01:02:03 STALE
            fe80::ba27:ebff:fe01:203 dev eth0 lladdr b8:27:eb:01:02:03 router REACHABLE
            192.168.1.33 dev eth0 FAILED
            ? (192.168.1.34) at 88:a2:9e:1:2:3 on en0 ifscope [ethernet]
              192.168.1.35          D8-3A-DD-0A-0B-0C     dynamic
              192.168.1.1           00-11-22-33-44-55     dynamic
              192.168.1.255         ff-ff-ff-ff-ff-ff     static
            """;
        var read = Neighbours.Parse(tables);
        Assert.Equal(
        [
            "192.168.1.31 b8:27:eb:01:02:03 True", "fe80::ba27:ebff:fe01:203 b8:27:eb:01:02:03 True", "192.168.1.34 88:a2:9e:01:02:03 True",
            "192.168.1.35 d8:3a:dd:0a:0b:0c True", "192.168.1.1 00:11:22:33:44:55 False",
        ], read.Select(one => $"{one.Address} {one.Mac} {one.IsRaspberryPi}"));
    }

    [Fact]
    public void What_several_ways_found_of_one_machine_is_one()
    {
        var announced = Avahi.Parse("""
            +;eth0;IPv4;garden-left;_ssh._tcp;local
            =;eth0;IPv4;garden-left;_ssh._tcp;local;garden-left.local;192.168.1.31;22;
            =;eth0;IPv4;printer;_ipp._tcp;local;printer.local;192.168.1.9;631;"x"
            """);
        Neighbour[] neighbours =
        [
            new(IPAddress.Parse("192.168.1.31"), "b8:27:eb:01:02:03"), new(IPAddress.Parse("fe80::1"), "b8:27:eb:01:02:03"),
            new(IPAddress.Parse("192.168.1.9"), "00:11:22:33:44:55"), new(IPAddress.Parse("192.168.1.40"), "dc:a6:32:01:02:03"),
        ];
        var found = PiSearch.Merge(["raspberrypi.local"], neighbours, [("raspberrypi.local", IPAddress.Parse("192.168.1.50"))], announced);
        Assert.Equal(
        [
            "garden-left.local 192.168.1.31 fe80::1 b8:27:eb:01:02:03 True avahi+neighbour",
            "raspberrypi.local 192.168.1.50   mdns",
            " 192.168.1.40 dc:a6:32:01:02:03 True neighbour",
        ], found.Select(one => $"{one.Name} {string.Join(' ', one.Addresses)} {one.Mac} {one.IsRaspberryPi} {string.Join('+', one.By)}"));
    }

    [Fact]
    public async Task Host_keys_are_known_by_name_and_by_what_ssh_keygen_hides_names_with()
    {
        using var folder = new KeyFolder();
        const string one = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMw5jFCBj7BSrYsfiJLB2ttXl9/6DhYv9l5gHvQ5J30X", other = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKJz0bZDnCHbqoq5ZsyJ3Wv5g6rXEgaJ/1oSx5sVJXxM";
        var file = folder.Put("known_hosts", $"garden-left.local,garden {one}\n192.168.1.31 {other}\n192.168.1.32 {one}\n");
        var hidden = await Tool.RunInstalledAsync("ssh-keygen", "-H", "-f", file);
        Assert.True(hidden.ExitCode == 0, hidden.Errors);
        foreach (var known in new[] { new KnownHosts(File.ReadAllText(file)), new KnownHosts(File.ReadAllText(file + ".old")) })
        {
            Assert.True(known.Knows("garden-left.local"));
            Assert.False(known.Knows("garden-right.local"));
            Assert.True(known.Differ("garden-left.local", "192.168.1.31"));
            Assert.False(known.Differ("garden-left.local", "192.168.1.32"));
            Assert.False(known.Differ("garden-left.local", "unknown"));
        }
    }
}
