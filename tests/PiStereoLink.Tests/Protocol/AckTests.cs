using System.Buffers;
using System.Text;
using PiStereoLink.Protocol;
using PiStereoLink.Tests.Fuzzing;

namespace PiStereoLink.Tests.Protocol;

public class AckTests
{
    private static readonly FrameIdentity Identity = new(0x0a0b0c0d, 7, 12345);

    // RFC 3720, appendix B.4, and the check value that every catalogue of CRCs gives.
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", 0x8A9136AAu)]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", 0x62A8AB43u)]
    [InlineData("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", 0x46DD794Eu)]
    [InlineData("313233343536373839", 0xE3069283u)]
    [InlineData("", 0u)]
    public void The_check_value_is_CRC_32C(string bytes, uint expected) =>
        Assert.Equal(expected, Crc32C.Of(Convert.FromHexString(bytes)));

    [Fact]
    public void A_trailer_is_32_bytes_as_the_protocol_has_them()
    {
        var bytes = new byte[AckTrailer.Length];
        new AckTrailer(AckOptions.Offer | AckOptions.ClockSample, 0x11223344, 0x0102030405060708, 0x1112131415161718, 0xA1A2A3A4).Write(bytes);
        Assert.Equal("50534C31" + "01" + "05" + "2000" + "44332211" + "0807060504030201" + "1817161514131211" + "A4A3A2A1", Convert.ToHexString(bytes));
        Assert.True(AckTrailer.TryRead([.. Pictures.Skeleton(), .. bytes], out var read));
        Assert.Equal(new AckTrailer(AckOptions.Offer | AckOptions.ClockSample, 0x11223344, 0x0102030405060708, 0x1112131415161718, 0xA1A2A3A4), read);
    }

    [Fact]
    public void A_picture_has_no_trailer_and_one_of_another_version_is_left_alone()
    {
        Assert.False(AckTrailer.TryRead(Pictures.Skeleton(), out _));
        Assert.False(AckTrailer.TryRead([], out _));
        var bytes = new byte[AckTrailer.Length];
        new AckTrailer(AckOptions.Offer, 1, 2, 3, 4).Write(bytes);
        foreach (var at in new[] { 0, 3, 4, 6, 7 })
        {
            bytes[at] ^= 0x40;
            Assert.False(AckTrailer.TryRead(bytes, out _), $"byte {at}");
            bytes[at] ^= 0x40;
        }
        Assert.True(AckTrailer.TryRead(bytes, out _));
    }

    [Fact]
    public void Lines_read_as_they_were_written()
    {
        foreach (var (line, text) in new[]
        {
            (new ReceiverLine(ReceiverLineKind.Hello) { MaxFrameBytes = 33554432, Stores = true, IdleSeconds = 10 }, """{"hello":1,"maxFrameBytes":33554432,"store":true,"idleSeconds":10}"""),
            (new ReceiverLine(ReceiverLineKind.Ack) { Identity = Identity, ArrivedAtMicroseconds = 1795257633633333, WrittenAtMicroseconds = 1795257633640000 },
                """{"ack":"0a0b0c0d000000070000000000003039","t2":1795257633633333,"t3":1795257633640000}"""),
            (new ReceiverLine(ReceiverLineKind.Nack) { Identity = Identity, Why = NackReason.DiskFull, Retry = true },
                """{"nack":"0a0b0c0d000000070000000000003039","why":"disk-full","retry":true}"""),
            (new ReceiverLine(ReceiverLineKind.Seen) { Identity = Identity, ArrivedAtMicroseconds = 1795257633633333, WrittenAtMicroseconds = 1795257633633400 },
                """{"seen":"0a0b0c0d000000070000000000003039","t2":1795257633633333,"t3":1795257633633400}"""),
            (new ReceiverLine(ReceiverLineKind.Idle), """{"idle":1}"""),
        })
        {
            var written = new ArrayBufferWriter<byte>();
            ReceiverLineText.Write(written, line);
            Assert.Equal(text + "\n", Encoding.UTF8.GetString(written.WrittenSpan));
            Assert.Equal(line, Read(text));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 400 Bad Request")]
    [InlineData("""["hello",1]""")]
    [InlineData("""{"news":1}""")]
    [InlineData("""{"ack":"0a0b"}""")]
    [InlineData("""{"ack":5}""")]
    [InlineData("""{"seen":true}""")]
    [InlineData("""{"seen":"0a0b0c0d000000070000000000003039","t3":1.5}""")]
    [InlineData("""{"ack":"0a0b0c0d000000070000000000003039","t2":"soon"}""")]
    [InlineData("""{"hello":1,"maxFrameBytes":99999999999}""")]
    [InlineData("""{"hello":""")]
    public void A_line_that_is_not_known_is_ignored(string text) => Assert.Equal(default, Read(text));

    [Fact]
    public void A_line_cut_short_in_two_pieces_is_ignored()
    {
        var text = """{"hello":1,"store":true,"later":[null,{"x":false}]}"""u8.ToArray();
        for (var length = 0; length < text.Length; length++)
            for (var cut = 0; cut <= length; cut++)
                Assert.Equal(default, ReceiverLineText.Read(CutSequence.Of(text.AsMemory(0, length), cut)));
        Assert.Equal(ReceiverLineKind.Hello, ReceiverLineText.Read(CutSequence.Of(text, 30)).Kind);
    }

    [Fact]
    public void Fields_that_are_not_known_are_ignored()
    {
        Assert.Equal(ReceiverLineKind.Hello, Read("""{"hello":2,"later":{"a":[1,2]},"maxFrameBytes":10}""").Kind);
        Assert.Equal(Identity, Read("""{"new":null,"ack":"0A0B0C0D000000070000000000003039","t2":1,"t3":2,"t9":3}""").Identity);
    }

    [Fact]
    public void A_line_longer_than_512_bytes_is_ignored() => Assert.Equal(default, Read($"{{\"idle\":1,\"x\":\"{new string('x', 600)}\"}}"));

    private static ReceiverLine Read(string text) => ReceiverLineText.Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(text)));
}
