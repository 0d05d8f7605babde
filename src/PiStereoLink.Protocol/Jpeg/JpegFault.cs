namespace PiStereoLink.Protocol;

/// <summary>Why a JPEG is refused before any decoder sees it.</summary>
public enum JpegFault
{
    None,

    /// <summary>It does not begin with FF D8.</summary>
    NoStart,

    /// <summary>It ends before FF D9.</summary>
    NoEnd,

    /// <summary>No SOF0, SOF1 or SOF2 before the first scan or the end.</summary>
    NoFrameHeader,

    /// <summary>A second frame header.</summary>
    TwoFrameHeaders,

    /// <summary>No scan before the end.</summary>
    NoScan,

    /// <summary>Lossless, hierarchical or arithmetic coding.</summary>
    Coding,

    /// <summary>Not 8 bits a sample.</summary>
    Precision,

    /// <summary>Not 1, 3 or 4 components.</summary>
    Components,

    /// <summary>Width or height 0.</summary>
    NoPixels,

    /// <summary>More pixels than <see cref="JpegScanner.MaxPixels"/>.</summary>
    TooManyPixels,

    /// <summary>More scans than <see cref="JpegScanner.MaxScans"/>.</summary>
    TooManyScans,

    /// <summary>A segment too short for what it holds.</summary>
    Segment,

    /// <summary>Another picture begins before this one has ended.</summary>
    PictureInside,
}
