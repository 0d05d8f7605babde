// Colours, geometry and drawing. See Native.ImgProc.cs.
#include "shim.h"

#include <opencv2/imgproc.hpp>

EXPORT const Error* CvtColor(cv::Mat* from, cv::Mat* to, int code, int channels)
{
    return guarded([&] { cv::cvtColor(*from, *to, code, channels); });
}

EXPORT const Error* Resize(cv::Mat* from, cv::Mat* to, int width, int height, double fx, double fy, int interpolation)
{
    return guarded([&] { cv::resize(*from, *to, {width, height}, fx, fy, interpolation); });
}

EXPORT const Error* Remap(cv::Mat* from, cv::Mat* to, cv::Mat* map1, cv::Mat* map2, int interpolation, int border, const double* borderValue)
{
    return guarded([&] { cv::remap(*from, *to, *map1, *map2, interpolation, border, scalar(borderValue)); });
}

EXPORT const Error* ConvertMaps(cv::Mat* map1, cv::Mat* map2, cv::Mat* to1, cv::Mat* to2, int type, int nearest)
{
    return guarded([&] { cv::convertMaps(*map1, *map2, *to1, *to2, type, nearest != 0); });
}

EXPORT const Error* ApplyColorMap(cv::Mat* from, cv::Mat* to, int map)
{
    return guarded([&] { cv::applyColorMap(*from, *to, map); });
}

EXPORT const Error* ApplyUserColorMap(cv::Mat* from, cv::Mat* to, cv::Mat* map)
{
    return guarded([&] { cv::applyColorMap(*from, *to, *map); });
}

EXPORT const Error* Line(cv::Mat* image, int x1, int y1, int x2, int y2, const double* color, int thickness, int type, int shift)
{
    return guarded([&] { cv::line(*image, {x1, y1}, {x2, y2}, scalar(color), thickness, type, shift); });
}

EXPORT const Error* Rectangle(cv::Mat* image, int x1, int y1, int x2, int y2, const double* color, int thickness, int type, int shift)
{
    return guarded([&] { cv::rectangle(*image, cv::Point(x1, y1), cv::Point(x2, y2), scalar(color), thickness, type, shift); });
}

EXPORT const Error* RectangleOf(cv::Mat* image, int x, int y, int width, int height, const double* color, int thickness, int type, int shift)
{
    return guarded([&] { cv::rectangle(*image, cv::Rect(x, y, width, height), scalar(color), thickness, type, shift); });
}

EXPORT const Error* PutText(cv::Mat* image, const char* text, int x, int y, int font, double scale, const double* color, int thickness, int type, int bottomLeft)
{
    return guarded([&] { cv::putText(*image, text, {x, y}, font, scale, scalar(color), thickness, type, bottomLeft != 0); });
}
