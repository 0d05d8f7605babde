using System.Globalization;

namespace PiStereoLink.Receiver.Sources;

/// <summary>What a camera needs of a USB 2 bus: behind "No space left on device" is arithmetic.</summary>
public static class Bandwidth
{
    /// <summary>80 % of 480 Mbit/s may be reserved for cameras (USB 2.0, 5.6.4).</summary>
    private const double BusMegabytes = 48;

    private const int BytesPerPixel = 2;        // YUYV

    /// <summary>Megabytes a second of a camera that sends YUYV.</summary>
    public static double OfYuyv(int width, int height, double fps) => (double)width * height * BytesPerPixel * fps / 1e6;

    /// <summary>In a sentence, for so many cameras on one bus.</summary>
    public static string Sentence(int width, int height, double fps, int cameras)
    {
        var one = OfYuyv(width, height, fps);
        return string.Create(CultureInfo.InvariantCulture,
            $"{width}x{height} at {fps:0.#} fps as YUYV is {one:0} MB/s{(cameras > 1 ? $", {cameras} of them {cameras * one:0}" : "")}; a USB 2 bus has {BusMegabytes:0} MB/s for cameras, and the kernel refuses what does not fit as \"No space left on device\". Ask for a smaller +size or +fps, or plug them into sockets of two controllers.");
    }
}
