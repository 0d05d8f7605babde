using PiStereoLink.Receiver.Ps4;

namespace PiStereoLink.Tests.Ps4;

/// <summary>The order of things around the transfers.</summary>
public class FirmwareLoaderTests
{
    private static readonly Firmware Blob = new(Enumerable.Range(0, 64529).Select(i => (byte)i).ToArray(), "", null);

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0x058A, "first firmware")]
    [InlineData(0x058B, "second firmware")]
    [InlineData(0x058C, "PS5")]
    public async Task The_camera_leaves_at_the_start_and_comes_back_which_is_success(int product, string name)
    {
        var usb = new FakeUsb { ComesBackAs = product };
        var loaded = await usb.Loader().LoadAsync(Blob, null, TimeSpan.Zero, Stopping);

        Assert.Equal((127, 1), (loaded.Transfers, loaded.Attempts));
        Assert.Equal(product, loaded.Device.Product);
        Assert.Contains(name, loaded.Name, StringComparison.Ordinal);
        Assert.Equal(FirmwareTransfers.Of(Blob.Bytes).Append(FirmwareTransfers.Start), usb.Sent);
        Assert.Empty(usb.Said);
    }

    [Fact]
    public async Task A_transfer_that_fails_begins_the_whole_upload_again()
    {
        var usb = new FakeUsb { FirstFails = (50, new UsbException("A transfer failed.")) };
        var loaded = await usb.Loader().LoadAsync(Blob, null, TimeSpan.Zero, Stopping);

        Assert.Equal(2, loaded.Attempts);
        Assert.Equal(50 + 128, usb.Sent.Count);
        Assert.Equal(FirmwareTransfers.Of(Blob.Bytes).First(), usb.Sent[50]);
        Assert.Equal(["A transfer failed. Attempt 2 of 3."], usb.Said);
    }

    [Fact]
    public async Task What_no_second_attempt_mends_is_said_at_once()
    {
        var usb = new FakeUsb { OpeningFails = new UsbException("May not be opened.") { IsLasting = true } };
        var failure = await Assert.ThrowsAsync<UsbException>(() => usb.Loader().LoadAsync(Blob, null, TimeSpan.Zero, Stopping));
        Assert.Equal("May not be opened.", failure.Message);
        Assert.Empty(usb.Said);
    }

    [Fact]
    public async Task A_camera_that_comes_back_as_it_was_has_not_taken_it()
    {
        var usb = new FakeUsb { ComesBackAs = 0 };
        var failure = await Assert.ThrowsAsync<UsbException>(() => usb.Loader(returnsWithinSeconds: 0.2).LoadAsync(Blob, null, TimeSpan.Zero, Stopping));
        Assert.Contains("did not come back", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, usb.Said.Count);
    }

    [Fact]
    public async Task A_camera_that_has_its_firmware_is_left_alone()
    {
        var usb = new FakeUsb();
        usb.Devices[0] = FakeUsb.Waiting with { Product = 0x058A };
        var loaded = await usb.Loader().LoadAsync(Blob, null, TimeSpan.Zero, Stopping);
        Assert.Equal((0, 0x058A), (loaded.Transfers, loaded.Device.Product));
        Assert.Empty(usb.Sent);
    }

    [Fact]
    public async Task Of_two_cameras_one_is_to_be_chosen()
    {
        var usb = new FakeUsb();
        usb.Devices.Add(FakeUsb.Waiting with { Port = "2-2", Number = 7 });
        var failure = await Assert.ThrowsAsync<IOException>(() => usb.Loader().LoadAsync(Blob, null, TimeSpan.Zero, Stopping));
        Assert.Equal("2 cameras wait for firmware, at 002/004 and 002/007: choose one with --device.", failure.Message);

        var loaded = await usb.Loader().LoadAsync(Blob, "002/007", TimeSpan.Zero, Stopping);
        Assert.Equal("2-2", loaded.Device.Port);
    }

    [Fact]
    public async Task A_camera_that_is_plugged_in_while_we_wait_is_taken()
    {
        var usb = new FakeUsb();
        usb.Devices.Clear();
        var looked = new TaskCompletionSource();
        var loader = new FirmwareLoader(() => Look(usb, looked), _ => throw new UsbException("It was found.") { IsLasting = true }, usb.Said.Add);
        var loading = loader.LoadAsync(Blob, null, TimeSpan.FromMinutes(5), Stopping);
        await looked.Task;
        lock (usb.Devices)
            usb.Devices.Add(FakeUsb.Waiting);
        Assert.Equal("It was found.", (await Assert.ThrowsAsync<UsbException>(() => loading)).Message);
    }

    [Theory]
    [InlineData(null, "No PS4 camera is on the USB")]
    [InlineData("001/002", "The device at 001/002 is 1d6b:0002, no PS4 camera")]
    [InlineData("001/099", "There is no USB device at 001/099")]
    public async Task What_is_not_there_is_said(string? address, string sentence)
    {
        var usb = new FakeUsb();
        usb.Devices[0] = new UsbDevice("usb1", 0x1D6B, 2, 1, 2, 480);
        var failure = await Assert.ThrowsAsync<IOException>(() => usb.Loader().LoadAsync(Blob, address, TimeSpan.Zero, Stopping));
        Assert.StartsWith(sentence, failure.Message, StringComparison.Ordinal);
    }

    private static List<UsbDevice> Look(FakeUsb usb, TaskCompletionSource looked)
    {
        lock (usb.Devices)
        {
            looked.TrySetResult();
            return [.. usb.Devices];
        }
    }
}
