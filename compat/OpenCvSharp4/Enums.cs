namespace OpenCvSharp;

/// <summary>From which order of channels to which; a part of the package's long list.</summary>
public enum ColorConversionCodes
{
    BGR2BGRA = 0,
    RGB2RGBA = 0,
    BGRA2BGR = 1,
    RGBA2RGB = 1,
    BGR2RGBA = 2,
    RGB2BGRA = 2,
    RGBA2BGR = 3,
    BGRA2RGB = 3,
    BGR2RGB = 4,
    RGB2BGR = 4,
    BGRA2RGBA = 5,
    RGBA2BGRA = 5,
    BGR2GRAY = 6,
    RGB2GRAY = 7,
    GRAY2BGR = 8,
    GRAY2RGB = 8,
    GRAY2BGRA = 9,
    GRAY2RGBA = 9,
    BGRA2GRAY = 10,
    RGBA2GRAY = 11,
    BGR2HSV = 40,
    RGB2HSV = 41,
    BGR2Lab = 44,
    RGB2Lab = 45,
    BayerBG2BGR = 46,
    BayerGB2BGR = 47,
    BayerRG2BGR = 48,
    BayerGR2BGR = 49,
    HSV2BGR = 54,
    HSV2RGB = 55,
    BGR2YUV = 82,
    RGB2YUV = 83,
    YUV2BGR = 84,
    YUV2RGB = 85,
    YUV2RGB_NV12 = 90,
    YUV2BGR_NV12 = 91,
    YUV2RGB_I420 = 100,
    YUV2BGR_I420 = 101,
    YUV2GRAY_420 = 106,
    YUV2RGB_YUY2 = 115,
    YUV2RGB_YUYV = 115,
    YUV2BGR_YUY2 = 116,
    YUV2BGR_YUYV = 116,
    YUV2GRAY_YUY2 = 124,
    YUV2GRAY_YUYV = 124,
}

/// <summary>A scale of colours for a grey picture.</summary>
public enum ColormapTypes
{
    Autumn = 0,
    Bone = 1,
    Jet = 2,
    Winter = 3,
    Rainbow = 4,
    Ocean = 5,
    Summer = 6,
    Spring = 7,
    Cool = 8,
    Hsv = 9,
    Pink = 10,
    Hot = 11,
    Parula = 12,
    Magma = 13,
    Inferno = 14,
    Plasma = 15,
    Viridis = 16,
    Cividis = 17,
    Twilight = 18,
    TwilightShifted = 19,
    Turbo = 20,
    DeepGreen = 21,
}

/// <summary>How a value between pixels is found.</summary>
[Flags]
public enum InterpolationFlags
{
    Nearest = 0,
    Linear = 1,
    Cubic = 2,
    Area = 3,
    Lanczos4 = 4,
    LinearExact = 5,
    Max = 7,
    WarpFillOutliers = 8,
    WarpInverseMap = 16,
}

/// <summary>What lies beyond the edge of a picture.</summary>
[Flags]
public enum BorderTypes
{
    Constant = 0,
    Replicate = 1,
    Reflect = 2,
    Wrap = 3,
    Reflect101 = 4,
    Default = 4,
    Transparent = 5,
    Isolated = 16,
}

/// <summary>About which axis a picture is turned over.</summary>
public enum FlipMode
{
    XY = -1,
    X = 0,
    Y = 1,
}

/// <summary>How the size of a vector is measured.</summary>
[Flags]
public enum NormTypes
{
    INF = 1,
    L1 = 2,
    L2 = 4,
    L2SQR = 5,
    Hamming = 6,
    Hamming2 = 7,
    Relative = 8,
    MinMax = 32,
}

/// <summary>How a line is drawn.</summary>
public enum LineTypes
{
    Link4 = 4,
    Link8 = 8,
    AntiAlias = 16,
}

/// <summary>The lettering of PutText.</summary>
[Flags]
public enum HersheyFonts
{
    HersheySimplex = 0,
    HersheyPlain = 1,
    HersheyDuplex = 2,
    HersheyComplex = 3,
    HersheyTriplex = 4,
    HersheyComplexSmall = 5,
    HersheyScriptSimplex = 6,
    HersheyScriptComplex = 7,
    Italic = 16,
}

/// <summary>What to make of a picture while it is decoded.</summary>
[Flags]
public enum ImreadModes
{
    Unchanged = -1,
    Grayscale = 0,
    Color = 1,
    AnyDepth = 2,
    AnyColor = 4,
    LoadGdal = 8,
    ReducedGrayscale2 = 16,
    ReducedColor2 = 17,
    ReducedGrayscale4 = 32,
    ReducedColor4 = 33,
    ReducedGrayscale8 = 64,
    ReducedColor8 = 65,
    IgnoreOrientation = 128,
}

/// <summary>The knobs of the encoders.</summary>
public enum ImwriteFlags
{
    JpegQuality = 1,
    JpegProgressive = 2,
    JpegOptimize = 3,
    JpegRstInterval = 4,
    JpegLumaQuality = 5,
    JpegChromaQuality = 6,
    PngCompression = 16,
    PngStrategy = 17,
    PngBilevel = 18,
    PxmBinary = 32,
    ExrType = 48,
    WebPQuality = 64,
    PamTupleType = 128,
    TiffResUnit = 256,
    TiffXDpi = 257,
    TiffYDpi = 258,
    TiffCompression = 259,
    Jpeg2000CompressionX1000 = 272,
}

/// <summary>Whether both principal points end at the same pixel.</summary>
[Flags]
public enum StereoRectificationFlags
{
    None = 0,
    ZeroDisparity = 1024,
}

/// <summary>Along how many paths costs are summed: five, eight (HH); OpenCV's three-path mode has no name here, but (StereoSGBMMode)2 works.</summary>
public enum StereoSGBMMode
{
    SGBM = 0,
    HH = 1,
}
