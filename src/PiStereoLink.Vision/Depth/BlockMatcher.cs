using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>cv::StereoBM: sums of absolute differences over blocks (Konolige, "Small Vision Systems", 1997).</summary>
/// <param name="parameters">Checked here; null takes the defaults.</param>
/// <param name="leftRoi">Where the left picture shows the scene: keeps disparities out of the borders. Default: not known.</param>
/// <param name="rightRoi">The same of the right picture.</param>
/// <exception cref="ArgumentException">A parameter cannot be; the sentence names it.</exception>
public sealed class BlockMatcher(StereoBmParameters? parameters = null, Rect leftRoi = default, Rect rightRoi = default)
    : OpenCvMatcher(parameters ??= new StereoBmParameters(), () => Create(parameters, leftRoi, rightRoi))
{
    private static StereoBM Create(StereoBmParameters parameters, Rect leftRoi, Rect rightRoi)
    {
        var matcher = StereoBM.Create(parameters.NumDisparities, parameters.BlockSize);
        matcher.MinDisparity = parameters.MinDisparity;
        matcher.SpeckleRange = parameters.SpeckleRange;
        matcher.SpeckleWindowSize = parameters.SpeckleWindowSize;
        matcher.UniquenessRatio = parameters.UniquenessRatio;
        matcher.TextureThreshold = parameters.TextureThreshold;
        matcher.PreFilterCap = parameters.PreFilterCap;
        matcher.PreFilterType = parameters.PreFilterType;
        matcher.PreFilterSize = parameters.PreFilterSize;
        matcher.Disp12MaxDiff = parameters.Disp12MaxDiff;
        matcher.ROI1 = leftRoi;
        matcher.ROI2 = rightRoi;
        return matcher;
    }
}
