namespace OpenCvSharp;

/// <summary>Pictures from a camera or a film. For one thread at a time.</summary>
public class VideoCapture : IDisposable
{
    private readonly VideoHandle handle;

    /// <summary>Nothing yet; see <see cref="Open(string, VideoCaptureAPIs)"/>.</summary>
    public VideoCapture() => Native.Check(Native.VideoNew(out handle));

    /// <summary>The camera of that number; <see cref="IsOpened"/> tells whether there is one.</summary>
    public VideoCapture(int index, VideoCaptureAPIs apiPreference = VideoCaptureAPIs.ANY)
        : this() => Open(index, apiPreference);

    /// <summary>A film, or a device by its path; <see cref="IsOpened"/> tells whether it could be opened.</summary>
    public VideoCapture(string fileName, VideoCaptureAPIs apiPreference = VideoCaptureAPIs.ANY)
        : this() => Open(fileName, apiPreference);

    /// <summary>Whether <see cref="Dispose"/> was called; after it every other member throws ObjectDisposedException.</summary>
    public bool IsDisposed => handle.IsClosed;

    private VideoHandle Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(handle.IsClosed, this);
            return handle;
        }
    }

    /// <summary>Opens a film, or a device by its path, instead of what was open.</summary>
    public bool Open(string fileName, VideoCaptureAPIs apiPreference = VideoCaptureAPIs.ANY)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        Native.Check(Native.VideoOpenFile(Handle, fileName, (int)apiPreference, out var opened));
        return opened != 0;
    }

    /// <summary>Opens the camera of that number instead of what was open.</summary>
    public bool Open(int index, VideoCaptureAPIs apiPreference = VideoCaptureAPIs.ANY)
    {
        Native.Check(Native.VideoOpenIndex(Handle, index, (int)apiPreference, out var opened));
        return opened != 0;
    }

    /// <summary>Whether something is open.</summary>
    public bool IsOpened()
    {
        Native.Check(Native.VideoIsOpened(Handle, out var opened));
        return opened != 0;
    }

    /// <summary>Closes it.</summary>
    public void Release() => Native.Check(Native.VideoRelease(Handle));

    /// <summary>Takes the next picture, undecoded; false at the end, or when the camera is gone.</summary>
    public bool Grab()
    {
        Native.Check(Native.VideoGrab(Handle, out var grabbed));
        return grabbed != 0;
    }

    /// <summary>Decodes the picture that was taken.</summary>
    public bool Retrieve(OutputArray image, int flag = 0)
    {
        Native.Check(Native.VideoRetrieve(Handle, Argument.Of(image), flag, out var retrieved));
        return retrieved != 0;
    }

    /// <summary>Decodes the picture that was taken.</summary>
    public bool Retrieve(Mat image, int flag = 0)
    {
        Native.Check(Native.VideoRetrieve(Handle, Argument.Of(image), flag, out var retrieved));
        return retrieved != 0;
    }

    /// <summary><see cref="Grab"/> and <see cref="Retrieve(OutputArray, int)"/>.</summary>
    public bool Read(OutputArray image) => Grab() && Retrieve(image);

    /// <summary><see cref="Grab"/> and <see cref="Retrieve(Mat, int)"/>.</summary>
    public bool Read(Mat image) => Grab() && Retrieve(image);

    /// <summary>False when it does not take it. What it has made of the value, <see cref="Get(VideoCaptureProperties)"/> tells.</summary>
    public bool Set(VideoCaptureProperties propertyId, double value) => Set((int)propertyId, value);

    /// <inheritdoc cref="Set(VideoCaptureProperties, double)"/>
    public bool Set(int propertyId, double value)
    {
        Native.Check(Native.VideoSet(Handle, propertyId, value, out var taken));
        return taken != 0;
    }

    /// <summary>0 when it does not have it.</summary>
    public double Get(VideoCaptureProperties propertyId) => Get((int)propertyId);

    /// <inheritdoc cref="Get(VideoCaptureProperties)"/>
    public double Get(int propertyId)
    {
        Native.Check(Native.VideoGet(Handle, propertyId, out var value));
        return value;
    }

    /// <summary>Closes it and gives its buffers back.</summary>
    public void Dispose()
    {
        handle.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Through what it is opened; a part of the package's list.</summary>
public enum VideoCaptureAPIs
{
    ANY = 0,
    V4L = 200,
    V4L2 = 200,
    DSHOW = 700,
    AVFOUNDATION = 1200,
    MSMF = 1400,
    GSTREAMER = 1800,
    FFMPEG = 1900,
    IMAGES = 2000,
    OPENCV_MJPEG = 2200,
}

/// <summary>What can be asked and set; a part of the package's long list.</summary>
public enum VideoCaptureProperties
{
    PosMsec = 0,
    PosFrames = 1,
    FrameWidth = 3,
    FrameHeight = 4,
    Fps = 5,
    FourCC = 6,
    FrameCount = 7,
    Format = 8,
    Brightness = 10,
    Contrast = 11,
    Saturation = 12,
    Hue = 13,
    Gain = 14,
    Exposure = 15,
    ConvertRgb = 16,
    Sharpness = 20,
    AutoExposure = 21,
    BufferSize = 38,
}
