// Filters that keep edges. See Native.XImgProc.cs.
#include "shim.h"

// libopencv-contrib-dev brings 330 MB and only these two functions need it: without it they say so.
#if __has_include(<opencv2/ximgproc/edge_filter.hpp>)
#include <opencv2/ximgproc/edge_filter.hpp>
#define WITH_XIMGPROC(call) call
#else
#define WITH_XIMGPROC(call) CV_Error(cv::Error::StsNotImplemented, "OpenCV's ximgproc was not here when this was built. Install libopencv-contrib-dev and build again; ./pistereolink setup does both.")
#endif

EXPORT const Error* GuidedFilter([[maybe_unused]] cv::Mat* guide, [[maybe_unused]] cv::Mat* from, [[maybe_unused]] cv::Mat* to, [[maybe_unused]] int radius, [[maybe_unused]] double epsilon, [[maybe_unused]] int depth)
{
    return guarded([&] { WITH_XIMGPROC(cv::ximgproc::guidedFilter(*guide, *from, *to, radius, epsilon, depth)); });
}

EXPORT const Error* FastGlobalSmootherFilter([[maybe_unused]] cv::Mat* guide, [[maybe_unused]] cv::Mat* from, [[maybe_unused]] cv::Mat* to, [[maybe_unused]] double lambda, [[maybe_unused]] double sigmaColor, [[maybe_unused]] double attenuation, [[maybe_unused]] int iterations)
{
    return guarded([&] { WITH_XIMGPROC(cv::ximgproc::fastGlobalSmootherFilter(*guide, *from, *to, lambda, sigmaColor, attenuation, iterations)); });
}
