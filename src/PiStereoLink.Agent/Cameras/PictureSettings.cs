namespace PiStereoLink.Agent;

/// <summary>
/// What pictures to take, in one language for every camera program: each program's own is made of it by <see cref="RpicamArguments"/>
/// or <see cref="RaspiArguments"/>. Null is "as the program does by itself".
/// </summary>
public sealed record PictureSettings
{
    /// <summary>640x480 at 30 is the camera programs' own default; quality 50 is what rpicam-vid's documentation uses for MJPEG.</summary>
    public static PictureSettings Video { get; } = new() { Width = 640, Height = 480, Quality = 50 };

    /// <summary>The sensor's full size, in the quality that rpicam-still has by itself.</summary>
    public static PictureSettings Still { get; } = new() { Quality = 93 };

    public int? Width { get; init; }

    public int? Height { get; init; }

    public double Framerate { get; init; } = 30;

    public int Quality { get; init; }

    /// <summary>The file's format: a word of <see cref="Vocabulary.Encoding"/>.</summary>
    public string? Encoding { get; init; }

    /// <summary>The sensor's own data beside the picture, as DNG.</summary>
    public bool Raw { get; init; }

    /// <summary>Where the program shows what it sees on the Pi's screen: <c>full</c>, or X,Y,W,H in the screen's pixels; null or <c>off</c>, nowhere.</summary>
    public string? Preview { get; init; }

    public bool HorizontalFlip { get; init; }

    public bool VerticalFlip { get; init; }

    /// <summary>Degrees, clockwise.</summary>
    public int? Rotation { get; init; }

    /// <summary>The part of the sensor to take, in fractions of it.</summary>
    public Region? Roi { get; init; }

    /// <summary>WIDTH:HEIGHT[:BITS[:P|U]], or a number of the legacy programs.</summary>
    public string? SensorMode { get; init; }

    /// <summary>-1 to 1, neutral 0.</summary>
    public double? Brightness { get; init; }

    /// <summary>From 0, neutral 1.</summary>
    public double? Contrast { get; init; }

    /// <inheritdoc cref="Contrast"/>
    public double? Saturation { get; init; }

    /// <inheritdoc cref="Contrast"/>
    public double? Sharpness { get; init; }

    /// <summary>A word of <see cref="Vocabulary.Exposure"/>.</summary>
    public string? Exposure { get; init; }

    /// <summary>A word of <see cref="Vocabulary.Metering"/>.</summary>
    public string? Metering { get; init; }

    /// <summary>Exposure compensation in stops.</summary>
    public double? Ev { get; init; }

    public double? ShutterMicroseconds { get; init; }

    /// <summary>Analogue gain; what the sensor cannot give is made up for digitally. ISO 100 is 1.</summary>
    public double? Gain { get; init; }

    /// <summary>A word of <see cref="Vocabulary.WhiteBalance"/>.</summary>
    public string? WhiteBalance { get; init; }

    /// <summary>A fixed white balance; it goes before <see cref="WhiteBalance"/>.</summary>
    public ColourGains? ColourGains { get; init; }

    /// <summary>A word of <see cref="Vocabulary.Denoise"/>.</summary>
    public string? Denoise { get; init; }

    /// <summary>A word of <see cref="Vocabulary.Hdr"/>.</summary>
    public string? Hdr { get; init; }

    /// <summary>Of the light: 10000 at 50 Hz, 8333 at 60 Hz.</summary>
    public int? FlickerPeriodMicroseconds { get; init; }

    /// <summary>A word of <see cref="Vocabulary.AutofocusMode"/>.</summary>
    public string? AutofocusMode { get; init; }

    /// <summary>A word of <see cref="Vocabulary.AutofocusRange"/>.</summary>
    public string? AutofocusRange { get; init; }

    /// <summary>A word of <see cref="Vocabulary.AutofocusSpeed"/>.</summary>
    public string? AutofocusSpeed { get; init; }

    public Region? AutofocusWindow { get; init; }

    /// <summary>Dioptres (0 is far away), or <c>default</c>.</summary>
    public string? LensPosition { get; init; }

    public string? TuningFile { get; init; }

    /// <summary>U and V, 0 to 255: 128:128 is black and white.</summary>
    public (int U, int V)? ColourEffect { get; init; }

    /// <summary>A word of <see cref="Vocabulary.ImageEffect"/>.</summary>
    public string? ImageEffect { get; init; }

    /// <summary>A word of <see cref="Vocabulary.Sync"/>.</summary>
    public string? Sync { get; init; }

    /// <summary>rpicam-vid gives its first picture when server and clients agree, after 100 frames (its documentation of --sync).</summary>
    public TimeSpan SyncTime => Sync is "server" or "client" ? TimeSpan.FromSeconds(100 / Framerate) : TimeSpan.Zero;

    /// <summary>Nothing is left for the program to find out, so nothing has to settle.</summary>
    public bool IsFixed => ShutterMicroseconds is not null && Gain is not null && ColourGains is not null;
}

/// <summary>A part of the picture; everything in fractions, 0 to 1.</summary>
public readonly record struct Region(double X, double Y, double Width, double Height)
{
    public override string ToString() => string.Join(',', Array.ConvertAll([X, Y, Width, Height], ProgramArguments.Text));
}

/// <summary>White balance: what red and blue are multiplied by, green being 1.</summary>
public readonly record struct ColourGains(double Red, double Blue)
{
    public override string ToString() => $"{ProgramArguments.Text(Red)},{ProgramArguments.Text(Blue)}";
}
