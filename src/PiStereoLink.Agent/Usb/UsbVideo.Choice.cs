using Iot.Device.Media;

namespace PiStereoLink.Agent;

internal sealed partial class UsbVideo
{
    /// <summary>Sets size and rate. Others cannot use the camera from here on.</summary>
    /// <returns>What it will deliver; the rate can be another than asked for, or not be told.</returns>
    /// <exception cref="CameraException">It has no MJPG, or not in this size; or somebody else uses it.</exception>
    public UsbMode Choose(PictureSettings pictures)
    {
        var (format, width, height) = Ask(device => Wanted(device, pictures));
        var set = new V4l2.v4l2_format { type = V4l2.VideoCapture };
        set.fmt.pix = new() { width = width, height = height, pixelformat = (uint)format };
        if (V4l2.Call(file, V4l2.SetFormat, ref set) is var error and not 0)
            throw UsbFault.Of(path, $"does not take {width}x{height}", error);
        var got = set.fmt.pix;
        if ((got.width, got.height, got.pixelformat) != (width, height, (uint)format))
            throw new CameraException($"{path} was asked for {width}x{height} in {NameOf(format)} and answers {got.width}x{got.height} in {NameOf((VideoPixelFormat)got.pixelformat)}: give that with --width and --height.");
        return new(NameOf(format), (int)width, (int)height, SetRate(pictures.Framerate) is { } rate ? [rate] : []);
    }

    /// <summary>Its MJPG, and the size asked for; without one, the largest.</summary>
    private (VideoPixelFormat Format, uint Width, uint Height) Wanted(VideoDevice device, PictureSettings pictures)
    {
        var formats = device.GetSupportedPixelFormats().ToList();
        var format = Array.Find(Taken, formats.Contains);
        if (format == default)
            throw UsbFault.NotMjpg(path, formats.ConvertAll(NameOf));
        var sizes = device.GetPixelFormatResolutions(format).ToList();
        if (pictures is { Width: { } width, Height: { } height })
            return sizes.Count == 0 || sizes.Exists(size => Has(size, (uint)width, (uint)height))
                ? (format, (uint)width, (uint)height)
                : throw UsbFault.NoSuchSize(path, width, height, sizes.Select(Text));
        var largest = sizes.MaxBy(size => (ulong)size.MaxWidth * size.MaxHeight) ?? throw new CameraException($"{path} does not list its sizes: give --width and --height.");
        return (format, largest.MaxWidth, largest.MaxHeight);
    }

    private static bool Has(Resolution size, uint width, uint height) =>
        Within(width, size.MinWidth, size.MaxWidth, size.StepWidth) && Within(height, size.MinHeight, size.MaxHeight, size.StepHeight);

    private static bool Within(uint wanted, uint least, uint most, uint step) => wanted >= least && wanted <= most && (wanted - least) % Math.Max(step, 1) == 0;

    private static string Text(Resolution size) => size.Type == ResolutionType.Discrete
        ? $"{size.MinWidth}x{size.MinHeight}"
        : $"{size.MinWidth}x{size.MinHeight} to {size.MaxWidth}x{size.MaxHeight}";

    /// <summary>The rate that the driver has chosen; null when it chooses none.</summary>
    private double? SetRate(double framerate)
    {
        var set = new V4l2.v4l2_streamparm { type = V4l2.VideoCapture, timeperframe = new() { numerator = 1000, denominator = (uint)Math.Round(framerate * 1000) } };
        var error = V4l2.Call(file, V4l2.SetParameters, ref set);
        if (error == V4l2.Busy)
            throw UsbFault.Of(path, "does not take a rate", error);
        return error == 0 && (set.capability & V4l2.CanSetRate) != 0 && set.timeperframe.numerator > 0
            ? Math.Round((double)set.timeperframe.denominator / set.timeperframe.numerator, 3)
            : null;
    }
}
