using PiStereoLink.Receiver.Ps4;

namespace PiStereoLink.Tests.Ps4;

/// <summary>What is sent, transfer by transfer.</summary>
public class FirmwareTransferTests
{
    [Fact]
    public void A_firmware_of_64529_bytes_takes_127_transfers()
    {
        var firmware = Enumerable.Range(0, 64529).Select(i => (byte)(i * 7 + i / 256)).ToArray();
        var transfers = FirmwareTransfers.Of(firmware).ToList();

        Assert.Equal(127, transfers.Count);
        Assert.All(transfers, transfer => Assert.Equal((0x40, 0x00), (transfer.RequestType, transfer.Request)));
        Assert.Equal(Enumerable.Range(0, 127).Select(i => (ushort)(i * 512)), transfers.Select(transfer => transfer.Value));
        Assert.All(transfers, transfer => Assert.Equal(0x14, transfer.Index));
        Assert.All(transfers[..^1], transfer => Assert.Equal(512, transfer.Data.Length));
        Assert.Equal(17, transfers[^1].Data.Length);
        Assert.Equal(firmware, transfers.SelectMany(transfer => transfer.Data.ToArray()));
    }

    [Theory]
    [InlineData(66608, 131, 48, 0x15, 0x0400)]
    [InlineData(68032, 133, 448, 0x15, 0x0800)]
    [InlineData(64036, 126, 36, 0x14, 0xFA00)]
    public void The_last_chunk_of_a_known_firmware_is_where_public_loaders_put_it(int bytes, int transfers, int last, int index, int value)
    {
        var plan = FirmwareTransfers.Of(new byte[bytes]).ToList();
        Assert.Equal(transfers, plan.Count);
        Assert.Equal((last, index, value), (plan[^1].Data.Length, plan[^1].Index, plan[^1].Value));
    }

    [Fact]
    public void Behind_64_KiB_the_index_moves_on_and_the_value_begins_again()
    {
        var plan = FirmwareTransfers.Of(new byte[66608]).ToList();
        Assert.Equal((0x14, 0xFE00), (plan[127].Index, plan[127].Value));
        Assert.Equal((0x15, 0x0000), (plan[128].Index, plan[128].Value));
    }

    [Fact]
    public void The_command_that_starts_it_is_one_byte()
    {
        var start = FirmwareTransfers.Start;
        Assert.Equal((0x40, 0x00, 0x2200, 0x8018), (start.RequestType, start.Request, start.Value, start.Index));
        Assert.Equal([0x5B], start.Data.ToArray());
    }
}
