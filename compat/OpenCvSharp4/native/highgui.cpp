// Windows. See Native.HighGui.cs. Where OpenCV's highgui was not there at build time, every function says so: it brings Qt, which a
// machine without a screen has no use for.
#include "shim.h"

#ifdef HAVE_HIGHGUI
#include <opencv2/highgui.hpp>
#else
#define UNAVAILABLE CV_Error(cv::Error::StsNotImplemented, \
    "OpenCV's windows were not on this machine when this program was built. On Debian and Raspberry Pi OS: sudo apt-get install libopencv-highgui-dev, then build again")
#endif

#ifdef HAVE_HIGHGUI
#define GUARDED(body) return guarded([&] { body; })
#else
#define GUARDED(body) return guarded([&] { UNAVAILABLE; })
#endif

EXPORT const Error* NamedWindow([[maybe_unused]] const char* name, [[maybe_unused]] int flags)
{
    GUARDED(cv::namedWindow(name, flags));
}

EXPORT const Error* ResizeWindow([[maybe_unused]] const char* name, [[maybe_unused]] int width, [[maybe_unused]] int height)
{
    GUARDED(cv::resizeWindow(name, width, height));
}

EXPORT const Error* DestroyAllWindows()
{
    GUARDED(cv::destroyAllWindows());
}

EXPORT const Error* ImShow([[maybe_unused]] const char* name, [[maybe_unused]] cv::Mat* image)
{
    GUARDED(cv::imshow(name, *image));
}

EXPORT const Error* WaitKey([[maybe_unused]] int delay, [[maybe_unused]] int* key)
{
    GUARDED(*key = cv::waitKey(delay));
}

EXPORT const Error* GetWindowProperty([[maybe_unused]] const char* name, [[maybe_unused]] int property, [[maybe_unused]] double* value)
{
    GUARDED(*value = cv::getWindowProperty(name, property));
}

// The position is kept by the window alone: a pointer into the caller's memory would outlive the call.
EXPORT const Error* CreateTrackbar([[maybe_unused]] const char* trackbar, [[maybe_unused]] const char* window, [[maybe_unused]] int value, [[maybe_unused]] int count, [[maybe_unused]] int* created)
{
    GUARDED(*created = cv::createTrackbar(trackbar, window, nullptr, count); cv::setTrackbarPos(trackbar, window, value));
}

EXPORT const Error* GetTrackbarPos([[maybe_unused]] const char* trackbar, [[maybe_unused]] const char* window, [[maybe_unused]] int* position)
{
    GUARDED(*position = cv::getTrackbarPos(trackbar, window));
}

EXPORT const Error* SetTrackbarPos([[maybe_unused]] const char* trackbar, [[maybe_unused]] const char* window, [[maybe_unused]] int position)
{
    GUARDED(cv::setTrackbarPos(trackbar, window, position));
}
