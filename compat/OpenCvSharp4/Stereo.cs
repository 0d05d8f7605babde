namespace OpenCvSharp;

/// <summary>Finds for each pixel of the left picture how far to the left it lies in the right one, in 1/16 pixel.</summary>
public class StereoMatcher : IDisposable
{
    private readonly MatcherHandle handle;

    internal StereoMatcher(MatcherHandle handle) => this.handle = handle;

    /// <summary>Whether <see cref="Dispose"/> was called; after it every other member throws ObjectDisposedException.</summary>
    public bool IsDisposed => handle.IsClosed;

    /// <summary>The smallest disparity looked for.</summary>
    public int MinDisparity { get => this[MatcherProperty.MinDisparity]; set => this[MatcherProperty.MinDisparity] = value; }

    /// <summary>How many disparities are looked for; a multiple of 16.</summary>
    public int NumDisparities { get => this[MatcherProperty.NumDisparities]; set => this[MatcherProperty.NumDisparities] = value; }

    /// <summary>The side of the window that is compared; odd.</summary>
    public int BlockSize { get => this[MatcherProperty.BlockSize]; set => this[MatcherProperty.BlockSize] = value; }

    /// <summary>The largest island that counts as a speckle; 0 for none.</summary>
    public int SpeckleWindowSize { get => this[MatcherProperty.SpeckleWindowSize]; set => this[MatcherProperty.SpeckleWindowSize] = value; }

    /// <summary>How much disparity may vary within an island.</summary>
    public int SpeckleRange { get => this[MatcherProperty.SpeckleRange]; set => this[MatcherProperty.SpeckleRange] = value; }

    /// <summary>How far left-to-right and right-to-left may differ; negative for no check.</summary>
    public int Disp12MaxDiff { get => this[MatcherProperty.Disp12MaxDiff]; set => this[MatcherProperty.Disp12MaxDiff] = value; }

    internal MatcherHandle Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(handle.IsClosed, this);
            return handle;
        }
    }

    internal int this[MatcherProperty property]
    {
        get
        {
            Native.Check(Native.MatcherGet(Handle, property, out var value));
            return value;
        }
        set => Native.Check(Native.MatcherSet(Handle, property, value));
    }

    /// <summary>Matches a rectified pair.</summary>
    public virtual void Compute(InputArray left, InputArray right, OutputArray disparity) =>
        Native.Check(Native.MatcherCompute(Handle, Argument.Of(left), Argument.Of(right), Argument.Of(disparity)));

    /// <summary>Gives the matcher and its buffers back.</summary>
    public void Dispose()
    {
        handle.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Matches blocks of grey pictures: fast, and blind where there is no texture.</summary>
public class StereoBM : StereoMatcher
{
    internal StereoBM(MatcherHandle handle)
        : base(handle)
    {
    }

    /// <summary>0 evens out the brightness, 1 keeps the horizontal gradient.</summary>
    public int PreFilterType { get => this[MatcherProperty.BMPreFilterType]; set => this[MatcherProperty.BMPreFilterType] = value; }

    /// <summary>The side of the window of that filter.</summary>
    public int PreFilterSize { get => this[MatcherProperty.BMPreFilterSize]; set => this[MatcherProperty.BMPreFilterSize] = value; }

    /// <summary>At which value the filtered picture is cut off.</summary>
    public int PreFilterCap { get => this[MatcherProperty.BMPreFilterCap]; set => this[MatcherProperty.BMPreFilterCap] = value; }

    /// <summary>How much texture a block must have.</summary>
    public int TextureThreshold { get => this[MatcherProperty.BMTextureThreshold]; set => this[MatcherProperty.BMTextureThreshold] = value; }

    /// <summary>By how many per cent the best match must beat the others.</summary>
    public int UniquenessRatio { get => this[MatcherProperty.BMUniquenessRatio]; set => this[MatcherProperty.BMUniquenessRatio] = value; }

    /// <summary>The side of a smaller second window.</summary>
    public int SmallerBlockSize { get => this[MatcherProperty.BMSmallerBlockSize]; set => this[MatcherProperty.BMSmallerBlockSize] = value; }

    /// <summary>The valid part of the left picture.</summary>
    public Rect ROI1 { get => Region(1); set => Native.Check(Native.StereoBMSetRegion(Handle, 1, in value)); }

    /// <summary>The valid part of the right picture.</summary>
    public Rect ROI2 { get => Region(2); set => Native.Check(Native.StereoBMSetRegion(Handle, 2, in value)); }

    /// <summary>Makes a matcher; 0 disparities mean OpenCV's 64.</summary>
    public static StereoBM Create(int numDisparities = 0, int blockSize = 21)
    {
        Native.Check(Native.StereoBMNew(numDisparities, blockSize, out var handle));
        return new StereoBM(handle);
    }

    private Rect Region(int which)
    {
        Native.Check(Native.StereoBMGetRegion(Handle, which, out var region));
        return region;
    }
}

/// <summary>Matches along paths over the picture: slower, and smooth where there is no texture.</summary>
public class StereoSGBM : StereoMatcher
{
    internal StereoSGBM(MatcherHandle handle)
        : base(handle)
    {
    }

    /// <summary>At which value the filtered picture is cut off.</summary>
    public int PreFilterCap { get => this[MatcherProperty.SGBMPreFilterCap]; set => this[MatcherProperty.SGBMPreFilterCap] = value; }

    /// <summary>By how many per cent the best match must beat the others.</summary>
    public int UniquenessRatio { get => this[MatcherProperty.SGBMUniquenessRatio]; set => this[MatcherProperty.SGBMUniquenessRatio] = value; }

    /// <summary>What a step of one disparity between neighbours costs.</summary>
    public int P1 { get => this[MatcherProperty.SGBMP1]; set => this[MatcherProperty.SGBMP1] = value; }

    /// <summary>What a larger step costs; more than P1.</summary>
    public int P2 { get => this[MatcherProperty.SGBMP2]; set => this[MatcherProperty.SGBMP2] = value; }

    /// <summary>Along how many paths.</summary>
    public StereoSGBMMode Mode { get => (StereoSGBMMode)this[MatcherProperty.SGBMMode]; set => this[MatcherProperty.SGBMMode] = (int)value; }

    /// <summary>Makes a matcher; the disparities are a multiple of 16.</summary>
    public static StereoSGBM Create(
        int minDisparity, int numDisparities, int blockSize, int p1 = 0, int p2 = 0, int disp12MaxDiff = 0, int preFilterCap = 0,
        int uniquenessRatio = 0, int speckleWindowSize = 0, int speckleRange = 0, StereoSGBMMode mode = StereoSGBMMode.SGBM)
    {
        Native.Check(Native.StereoSGBMNew(
            minDisparity, numDisparities, blockSize, p1, p2, disp12MaxDiff, preFilterCap,
            uniquenessRatio, speckleWindowSize, speckleRange, (int)mode, out var handle));
        return new StereoSGBM(handle);
    }
}
