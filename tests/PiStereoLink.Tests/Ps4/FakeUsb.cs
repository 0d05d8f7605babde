using PiStereoLink.Receiver.Ps4;

namespace PiStereoLink.Tests.Ps4;

/// <summary>A USB with one camera that waits for firmware: it records what it is sent, and comes back as told.</summary>
internal sealed class FakeUsb
{
    public static readonly UsbDevice Waiting = new("2-1", 0x05A9, 0x0580, 2, 4, 5000);

    private int opened;

    public List<UsbDevice> Devices { get; } = [Waiting];

    /// <summary>Every transfer of every attempt.</summary>
    public List<ControlTransfer> Sent { get; } = [];

    /// <summary>As what it comes back after the start; 0: not at all.</summary>
    public int ComesBackAs { get; init; } = 0x058B;

    /// <summary>Thrown by the transfer of this number of the first attempt, counted from 0.</summary>
    public (int Transfer, UsbException Error)? FirstFails { get; init; }

    /// <summary>Thrown when it is opened.</summary>
    public UsbException? OpeningFails { get; init; }

    public List<string> Said { get; } = [];

    public FirmwareLoader Loader(double returnsWithinSeconds = 30) =>
        new(() => [.. Devices], Open, Said.Add) { ReturnsWithin = TimeSpan.FromSeconds(returnsWithinSeconds) };

    private Pipe Open(UsbDevice device)
    {
        opened++;
        return OpeningFails is null ? new Pipe(this, opened, device) : throw OpeningFails;
    }

    private sealed class Pipe(FakeUsb usb, int attempt, UsbDevice device) : IControlPipe
    {
        private int transfers;

        public void Send(in ControlTransfer transfer)
        {
            if (attempt == 1 && usb.FirstFails is { } fails && fails.Transfer == transfers)
                throw fails.Error;
            transfers++;
            usb.Sent.Add(transfer);
            if (transfer.Value != 0x2200 || transfer.Index != 0x8018)
                return;
            usb.Devices.Remove(device);
            usb.Devices.Add(device with { Product = usb.ComesBackAs == 0 ? device.Product : usb.ComesBackAs, Number = device.Number + 1 });
            throw new UsbException("gone") { IsGone = true };
        }

        public void Dispose()
        {
        }
    }
}
