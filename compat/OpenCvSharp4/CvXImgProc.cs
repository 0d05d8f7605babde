namespace OpenCvSharp.XImgProc;

/// <summary>OpenCV's extended image processing: filters that smooth within edges of another picture.</summary>
public static class CvXImgProc
{
    /// <summary>Smooths each part of a picture within the edges of the guide (He, Sun and Tang, PAMI 2013).</summary>
    public static void GuidedFilter(InputArray guide, InputArray src, OutputArray dst, int radius, double eps, int dDepth = -1) =>
        Native.Check(Native.GuidedFilter(Argument.Of(guide), Argument.Of(src), Argument.Of(dst), radius, eps, dDepth));

    /// <summary>Smooths over the whole picture, stopping at edges of the guide (Min and others, TIP 2014).</summary>
    public static void FastGlobalSmootherFilter(InputArray guide, InputArray src, OutputArray dst, double lambda, double sigmaColor, double lambdaAttenuation = 0.25, int numIter = 3) =>
        Native.Check(Native.FastGlobalSmootherFilter(Argument.Of(guide), Argument.Of(src), Argument.Of(dst), lambda, sigmaColor, lambdaAttenuation, numIter));
}
