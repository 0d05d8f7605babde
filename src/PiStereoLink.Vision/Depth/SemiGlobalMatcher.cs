using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>cv::StereoSGBM: costs of blocks, summed along paths over the picture (Hirschmueller, PAMI 2008).</summary>
/// <param name="parameters">Checked here; null takes the defaults.</param>
/// <exception cref="ArgumentException">A parameter cannot be; the sentence names it.</exception>
public sealed class SemiGlobalMatcher(StereoSgbmParameters? parameters = null)
    : OpenCvMatcher(parameters ??= new StereoSgbmParameters(), () => Create(parameters))
{
    private static StereoSGBM Create(StereoSgbmParameters parameters) => StereoSGBM.Create(
        parameters.MinDisparity, parameters.NumDisparities, parameters.BlockSize, parameters.P1, parameters.P2, parameters.Disp12MaxDiff, parameters.PreFilterCap,
        parameters.UniquenessRatio, parameters.SpeckleWindowSize, parameters.SpeckleRange, (StereoSGBMMode)parameters.Mode);
}
