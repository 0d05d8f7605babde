using System.Globalization;
using OpenCvSharp;

namespace PiStereoLink.Receiver.Sources;

/// <summary>What is asked of a device.</summary>
/// <param name="FourCc">Its format, such as MJPG.</param>
/// <param name="Size">Null: as the device likes.</param>
/// <param name="Fps">Null: as the device likes.</param>
public sealed record VideoRequest(string FourCc, (int Width, int Height)? Size, double? Fps);

/// <summary>A video device or a film, through OpenCV. For one thread.</summary>
public sealed class VideoInput : IDisposable
{
    private readonly VideoCapture capture;
    private long taken;

    private VideoInput(string address, VideoCapture capture, bool isLive) => (Address, this.capture, IsLive) = (address, capture, isLive);

    /// <summary>As it was given.</summary>
    public string Address { get; }

    /// <summary>False for a film, which does not come by itself in time.</summary>
    public bool IsLive { get; }

    /// <summary>As read back: what it gives, whatever was asked.</summary>
    public (string FourCc, int Width, int Height, double Fps) Mode { get; private set; }

    /// <summary>Opens it, and asks for a format, a size and a rate in this order: a driver forgets the later ones when the format changes.</summary>
    /// <exception cref="IOException">It is not there or cannot be opened.</exception>
    public static VideoInput Open(string address, VideoRequest asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var isNumber = int.TryParse(address, NumberStyles.None, CultureInfo.InvariantCulture, out var index);
        var isLive = isNumber || address.StartsWith("/dev/", StringComparison.Ordinal);
        if (!isNumber && !File.Exists(address))
            throw new IOException(isLive ? $"{address} is not there. Is the camera plugged in? `receiver cameras` lists those that are, with names that stay the same." : $"{address} is not there: a video device or a film is needed.");
        var capture = isNumber ? new VideoCapture(index) : new VideoCapture(address, isLive ? VideoCaptureAPIs.V4L2 : VideoCaptureAPIs.ANY);
        var input = new VideoInput(address, capture, isLive);
        if (!capture.IsOpened())
        {
            input.Dispose();
            throw new IOException(isLive ? $"{address} cannot be opened: another program may have it, it may be the part of a camera that gives no pictures, or you may not be in the group video. `receiver cameras` tells." : $"{address} is no film that can be read here.");
        }
        input.SetUp(asked);
        return input;
    }

    /// <summary>Sets one of the camera's own controls; false when it has none.</summary>
    public bool Set(VideoCaptureProperties property, double value) => capture.Set(property, value);

    /// <summary>Waits for the next picture and keeps it, undecoded.</summary>
    /// <exception cref="EndOfStreamException">A film is over.</exception>
    /// <exception cref="IOException">There is none any more.</exception>
    public void Grab()
    {
        if (!capture.Grab())
            throw !IsLive ? new EndOfStreamException($"{Address} has ended after {taken} pictures.") : new IOException(taken > 0
                ? $"{Address} stopped after {taken} pictures: was it unplugged?"
                : $"{Address} gives no picture: another program may have it, or the USB no room. {Bandwidth.Sentence(Mode.Width, Mode.Height, Mode.Fps > 0 ? Mode.Fps : 30, 1)}");
        taken++;
    }

    /// <summary>The device's own time of the picture that <see cref="Grab"/> took, in milliseconds; 0 where it tells none.</summary>
    public double PositionMilliseconds => IsLive ? capture.Get(VideoCaptureProperties.PosMsec) : 0;

    /// <summary>The picture that <see cref="Grab"/> took; the caller disposes it.</summary>
    /// <exception cref="IOException">It cannot be had.</exception>
    public Mat Retrieve()
    {
        var picture = new Mat();
        if (capture.Retrieve(picture) && !picture.Empty())
            return picture;
        picture.Dispose();
        throw new IOException($"{Address} gave a picture that cannot be read.");
    }

    public void Dispose() => capture.Dispose();

    private void SetUp(VideoRequest asked)
    {
        if (IsLive)
        {
            capture.Set(VideoCaptureProperties.FourCC, FourCc.CodeOf(asked.FourCc));
            if (asked.Size is { } size)
            {
                capture.Set(VideoCaptureProperties.FrameWidth, size.Width);
                capture.Set(VideoCaptureProperties.FrameHeight, size.Height);
            }
            if (asked.Fps is { } fps)
                capture.Set(VideoCaptureProperties.Fps, fps);
            capture.Set(VideoCaptureProperties.BufferSize, 1);      // the newest frame, not one from when we were busy
        }
        Mode = (FourCc.TextOf((uint)(int)capture.Get(VideoCaptureProperties.FourCC)), (int)capture.Get(VideoCaptureProperties.FrameWidth),
            (int)capture.Get(VideoCaptureProperties.FrameHeight), capture.Get(VideoCaptureProperties.Fps));
        // A camera's own JPEGs as they are, and YUYV unscaled; last, since a change of format turns conversion on again.
        if (IsLive && Mode.FourCc is "MJPG" or "JPEG" or "YUYV")
            capture.Set(VideoCaptureProperties.ConvertRgb, 0);
    }
}
