// Cameras and films. See Native.VideoIO.cs.
#include "shim.h"

#include <opencv2/videoio.hpp>

EXPORT const Error* VideoNew(cv::VideoCapture** video)
{
    return guarded([&] { *video = new cv::VideoCapture(); });
}

EXPORT void VideoDelete(cv::VideoCapture* video)
{
    delete video;
}

EXPORT const Error* VideoOpenFile(cv::VideoCapture* video, const char* file, int api, int* opened)
{
    return guarded([&] { *opened = video->open(file, api); });
}

EXPORT const Error* VideoOpenIndex(cv::VideoCapture* video, int index, int api, int* opened)
{
    return guarded([&] { *opened = video->open(index, api); });
}

EXPORT const Error* VideoIsOpened(cv::VideoCapture* video, int* opened)
{
    return guarded([&] { *opened = video->isOpened(); });
}

EXPORT const Error* VideoRelease(cv::VideoCapture* video)
{
    return guarded([&] { video->release(); });
}

EXPORT const Error* VideoGrab(cv::VideoCapture* video, int* grabbed)
{
    return guarded([&] { *grabbed = video->grab(); });
}

EXPORT const Error* VideoRetrieve(cv::VideoCapture* video, cv::Mat* image, int flag, int* retrieved)
{
    return guarded([&] { *retrieved = video->retrieve(*image, flag); });
}

EXPORT const Error* VideoSet(cv::VideoCapture* video, int property, double value, int* taken)
{
    return guarded([&] { *taken = video->set(property, value); });
}

EXPORT const Error* VideoGet(cv::VideoCapture* video, int property, double* value)
{
    return guarded([&] { *value = video->get(property); });
}
