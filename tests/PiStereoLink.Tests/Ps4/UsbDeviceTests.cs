using System.Reflection;
using System.Runtime.InteropServices;
using PiStereoLink.Receiver.Ps4;

namespace PiStereoLink.Tests.Ps4;

/// <summary>What is on the USB by the files of /sys, and the kernel's structure for a transfer.</summary>
public class UsbDeviceTests
{
    [Fact]
    public void Devices_are_found_by_their_files_and_interfaces_are_not()
    {
        var folder = Directory.CreateTempSubdirectory("psl-usb-");
        try
        {
            Put(folder, "2-1.4", ("idVendor", "05a9"), ("idProduct", "0580"), ("busnum", "2"), ("devnum", "12"), ("speed", "5000"));
            Put(folder, "2-1.4:1.0", ("bInterfaceNumber", "00"));
            Put(folder, "1-2", ("idVendor", "046d"));
            var device = Assert.Single(UsbDevice.All(folder.FullName));
            Assert.Equal(new UsbDevice("2-1.4", 0x05A9, 0x0580, 2, 12, 5000), device);
            Assert.Equal(("05a9:0580", "002/012", "/dev/bus/usb/002/012"), (device.Id, device.Address, device.File));
            Assert.True(Ps4Ids.IsWaiting(device));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_machine_without_USB_has_no_devices() => Assert.Empty(UsbDevice.All("/nowhere/at/all"));

    /// <summary>linux/usbdevice_fs.h as gcc sees it: sizeof, offsetof and the macros.</summary>
    [Theory]
    [InlineData("Control", 0xC0185500, 0xC0105500)]
    [InlineData("SetConfiguration", 0x80045505, 0x80045505)]
    [InlineData("ClaimInterface", 0x8004550F, 0x8004550F)]
    public void The_numbers_of_the_calls_are_the_headers(string name, uint number64, uint number32) =>
        Assert.Equal(nint.Size == 8 ? number64 : number32, Header.GetField(name)!.GetValue(null));

    [Fact]
    public void A_transfer_is_laid_out_as_the_kernel_has_it()
    {
        var structure = Header.GetNestedType("usbdevfs_ctrltransfer", BindingFlags.Public)!;
        Assert.Equal([0, 1, 2, 4, 6, 8, nint.Size == 8 ? 16 : 12],
            structure.GetFields().Select(field => (int)Marshal.OffsetOf(structure, field.Name)));
    }

    private static Type Header => typeof(UsbDevice).Assembly.GetType("PiStereoLink.Receiver.Ps4.UsbFileSystem")!;

    private static void Put(DirectoryInfo root, string name, params (string File, string Text)[] files)
    {
        var folder = root.CreateSubdirectory(name);
        foreach (var (file, text) in files)
            File.WriteAllText(Path.Combine(folder.FullName, file), text + "\n");
    }
}
