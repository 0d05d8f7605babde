using System.Net;
using PiStereoLink.Receiver.Trust;

namespace PiStereoLink.Tests.Trust;

public sealed class PlainPeerTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.255.255.254", true)]
    [InlineData("10.0.0.1", true)]
    [InlineData("10.255.255.255", true)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("192.168.0.1", true)]
    [InlineData("192.168.255.255", true)]
    [InlineData("169.254.1.1", true)]
    [InlineData("::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("fe80::1%3", true)]
    [InlineData("febf::1", true)]
    [InlineData("fc00::1", true)]
    [InlineData("fdff:ffff::1", true)]
    [InlineData("::ffff:192.168.1.2", true)]
    [InlineData("::ffff:8.8.8.8", false)]
    [InlineData("8.8.8.8", false)]
    [InlineData("9.255.255.255", false)]
    [InlineData("11.0.0.0", false)]
    [InlineData("126.255.255.255", false)]
    [InlineData("128.0.0.1", false)]
    [InlineData("172.15.255.255", false)]
    [InlineData("172.32.0.0", false)]
    [InlineData("192.167.255.255", false)]
    [InlineData("192.169.0.0", false)]
    [InlineData("169.253.255.255", false)]
    [InlineData("169.255.0.0", false)]
    [InlineData("100.64.0.1", false)]          // a provider's shared addresses: other customers
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::2", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2a00:1450:4001::1", false)]
    [InlineData("fec0::1", false)]             // site-local, withdrawn by RFC 3879
    [InlineData("fbff::1", false)]
    [InlineData("fe00::1", false)]
    [InlineData("ff02::1", false)]
    public void The_plain_port_takes_near_addresses(string address, bool near) => Assert.Equal(near, PlainPeers.IsNear(IPAddress.Parse(address)));

    [Fact]
    public void A_peer_without_an_address_is_not_near() => Assert.False(PlainPeers.IsNear(null));
}
