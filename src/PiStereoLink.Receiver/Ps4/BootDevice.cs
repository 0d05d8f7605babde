using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PiStereoLink.Receiver.Ps4;

/// <summary>Takes control transfers; what the loader needs of a device.</summary>
public interface IControlPipe : IDisposable
{
    /// <summary>Sends one.</summary>
    /// <exception cref="UsbException">It did not arrive whole.</exception>
    void Send(in ControlTransfer transfer);
}

/// <summary>A device, opened and claimed through the USB device file system.</summary>
internal sealed class BootDevice : IControlPipe
{
    private const uint TimeoutMilliseconds = 1000;

    private readonly UsbDevice device;
    private readonly SafeFileHandle file;

    /// <exception cref="UsbException">It cannot be opened, or somebody else has it.</exception>
    public BootDevice(UsbDevice device)
    {
        this.device = device;
        file = UsbFileSystem.Open(device.File);
        if (file.IsInvalid)
            throw Failure("cannot be opened", Marshal.GetLastPInvokeError());
        try
        {
            var configuration = 1u;
            // Busy: it is set up already and the interface is somebody's; who that is, the claim tells.
            if (UsbFileSystem.Call(file, UsbFileSystem.SetConfiguration, ref configuration) is < 0 and not -UsbFileSystem.Busy and var set)
                throw Failure("does not take configuration 1", -set);
            var first = 0u;
            if (UsbFileSystem.Call(file, UsbFileSystem.ClaimInterface, ref first) is < 0 and var claimed)
                throw Failure("does not give its interface 0", -claimed);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public unsafe void Send(in ControlTransfer transfer)
    {
        using var data = transfer.Data.Pin();
        var call = new UsbFileSystem.usbdevfs_ctrltransfer
        {
            bRequestType = transfer.RequestType,
            bRequest = transfer.Request,
            wValue = transfer.Value,
            wIndex = transfer.Index,
            wLength = (ushort)transfer.Data.Length,
            timeout = TimeoutMilliseconds,
            data = data.Pointer,
        };
        var sent = UsbFileSystem.Call(file, UsbFileSystem.Control, ref call);
        if (sent < 0)
            throw Failure($"did not take the {transfer.Data.Length} bytes at {transfer.Index:x2}:{transfer.Value:x4}", -sent);
        if (sent != transfer.Data.Length)
            throw new UsbException($"{device.File} took {sent} of {transfer.Data.Length} bytes at {transfer.Index:x2}:{transfer.Value:x4}.");
    }

    /// <summary>Gives the interface back too.</summary>
    public void Dispose() => file.Dispose();

    private UsbException Failure(string what, int error) => error switch
    {
        UsbFileSystem.NoPermission or UsbFileSystem.NoAccess => new($"{device.File} may not be opened by {Environment.UserName}: install the udev rule deploy/workstation/70-pistereolink-ps4.rules and plug the camera in again, or use sudo.") { IsLasting = true },
        UsbFileSystem.Busy => new($"{device.File} is in use: another program is loading its firmware, or a driver has taken it."),
        UsbFileSystem.NoDevice or UsbFileSystem.NoEntry => new($"{device.File} is gone.") { IsGone = true },
        _ => new($"{device.File} {what}: {Marshal.GetPInvokeErrorMessage(error)} (error {error})."),
    };
}

/// <summary>A USB device did not do what it was told.</summary>
public sealed class UsbException : IOException
{
    public UsbException()
    {
    }

    public UsbException(string message)
        : base(message)
    {
    }

    public UsbException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>It has left the bus.</summary>
    public bool IsGone { get; init; }

    /// <summary>Trying again will not help.</summary>
    public bool IsLasting { get; init; }
}
