using System.Diagnostics;

namespace PiStereoLink.Receiver.Ps4;

/// <summary>Brings a camera that waits for firmware to work: chunks, start, wait until it comes back; again from the start when that fails.</summary>
/// <param name="devices">What is on the USB now.</param>
/// <param name="open">Opens a device.</param>
/// <param name="say">Hears why an attempt failed.</param>
public sealed class FirmwareLoader(Func<IReadOnlyList<UsbDevice>> devices, Func<UsbDevice, IControlPipe> open, Action<string> say)
{
    private const int Attempts = 3;

    /// <summary>How soon a change on the USB is noticed.</summary>
    private static readonly TimeSpan LookUp = TimeSpan.FromMilliseconds(100);

    /// <summary>A camera is back after about a second; a slow hub has time.</summary>
    public TimeSpan ReturnsWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The devices of this machine.</summary>
    public static FirmwareLoader OfThisMachine(Action<string> say) => new(() => UsbDevice.All(), device => new BootDevice(device), say);

    /// <summary>Loads it into the one camera that waits, or that of <paramref name="address"/>.</summary>
    /// <param name="address">Bus and number, such as 002/004; null for whichever there is.</param>
    /// <param name="wait">How long to wait for a camera to be plugged in.</param>
    /// <exception cref="IOException">There is no camera, or it does not come back.</exception>
    public async Task<LoadedCamera> LoadAsync(Firmware firmware, string? address, TimeSpan wait, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(firmware);
        var started = Stopwatch.StartNew();
        var found = await FindAsync(address, wait, stopping);
        if (Ps4Ids.LoadedName(found) is { } already)
            return new(found, already, Transfers: 0, Attempts: 0, started.Elapsed);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var before = devices();
                var transfers = Upload(firmware, found);
                if (await ReturnedAsync(before, stopping) is { } camera)
                    return new(camera, Ps4Ids.LoadedName(camera)!, transfers, attempt, started.Elapsed);
                throw new UsbException($"The camera at {found.Address} took the firmware and did not come back as 05a9:058a, 058b or 058c within {ReturnsWithin.TotalSeconds:0} s. Is it the right firmware? Unplug the camera, plug it in again, and try another one.");
            }
            catch (UsbException e) when (!e.IsLasting && attempt < Attempts)
            {
                say($"{e.Message} Attempt {attempt + 1} of {Attempts}.");
                found = await FindAsync(e.IsGone ? null : address, ReturnsWithin, stopping);
            }
        }
    }

    /// <summary>Nothing is written or waited for between two transfers: a slow pace can break the upload.</summary>
    private int Upload(Firmware firmware, UsbDevice device)
    {
        var transfers = 0;
        using var pipe = open(device);
        foreach (var transfer in FirmwareTransfers.Of(firmware.Bytes))
        {
            pipe.Send(transfer);
            transfers++;
        }
        try
        {
            pipe.Send(FirmwareTransfers.Start);
        }
        catch (UsbException)
        {
            // The camera leaves the bus in the middle of this one. Whether it started shows when it comes back, or does not.
        }
        return transfers;
    }

    private async Task<UsbDevice> FindAsync(string? address, TimeSpan wait, CancellationToken stopping)
    {
        for (var started = Stopwatch.StartNew(); ; await Task.Delay(LookUp, stopping))
        {
            var now = devices();
            var waiting = now.Where(device => Ps4Ids.IsWaiting(device) && (address is null || device.Address == address)).ToList();
            if (waiting is [var one])
                return one;
            if (waiting.Count > 1)
                throw new IOException($"{waiting.Count} cameras wait for firmware, at {string.Join(" and ", waiting.Select(device => device.Address))}: choose one with --device.");
            if (now.FirstOrDefault(device => Ps4Ids.LoadedName(device) is not null && (address is null || device.Address == address)) is { } loaded)
                return loaded;
            if (started.Elapsed >= wait)
                throw new IOException(Nothing(now, address));
        }
    }

    private async Task<UsbDevice?> ReturnedAsync(IReadOnlyList<UsbDevice> before, CancellationToken stopping)
    {
        for (var started = Stopwatch.StartNew(); started.Elapsed < ReturnsWithin; await Task.Delay(LookUp, stopping))
            if (devices().FirstOrDefault(device => Ps4Ids.LoadedName(device) is not null && !before.Contains(device)) is { } camera)
                return camera;
        return null;
    }

    private static string Nothing(IReadOnlyList<UsbDevice> now, string? address) => address is null
        ? "No PS4 camera is on the USB (05a9:0580, or 058a to 058c with firmware). It has USB 3 wires only: its adapter must be in a blue or SS socket. --wait 60 waits for it to be plugged in."
        : now.FirstOrDefault(device => device.Address == address) is { } other
            ? $"The device at {address} is {other.Id}, no PS4 camera (05a9:0580)."
            : $"There is no USB device at {address}. `lsusb -d 05a9:` shows where the camera is; leave --device out to take the only one.";
}

/// <summary>A camera that has its firmware.</summary>
/// <param name="Transfers">Chunks that were sent; 0 when it had its firmware already.</param>
public sealed record LoadedCamera(UsbDevice Device, string Name, int Transfers, int Attempts, TimeSpan Took);
