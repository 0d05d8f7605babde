// Pictures from and to bytes and files. See Native.ImgCodecs.cs.
#include "shim.h"

#include <algorithm>
#include <opencv2/imgcodecs.hpp>
#include <vector>

namespace
{
std::vector<int> list(const int* values, int count)
{
    return {values, values + count};
}
}

EXPORT const Error* ImDecode(const unsigned char* bytes, int length, int flags, cv::Mat* image)
{
    // A header over the caller's bytes: they are only read, and only during the call.
    return guarded([&] { *image = cv::imdecode(cv::Mat(1, length, CV_8U, const_cast<unsigned char*>(bytes)), flags); });
}

EXPORT const Error* ImDecodeMat(cv::Mat* bytes, int flags, cv::Mat* image)
{
    return guarded([&] { *image = cv::imdecode(*bytes, flags); });
}

// The bytes come back in a Mat of one row: it has an owner, so nothing can leak on the way.
EXPORT const Error* ImEncode(const char* extension, cv::Mat* image, const int* parameters, int count, cv::Mat* bytes, int* encoded)
{
    return guarded([&] {
        std::vector<unsigned char> buffer;
        *encoded = cv::imencode(extension, *image, buffer, list(parameters, count));
        bytes->create(1, static_cast<int>(buffer.size()), CV_8U);
        std::copy(buffer.begin(), buffer.end(), bytes->data);
    });
}

EXPORT const Error* ImRead(const char* file, int flags, cv::Mat* image)
{
    return guarded([&] { *image = cv::imread(file, flags); });
}

EXPORT const Error* ImWrite(const char* file, cv::Mat* image, const int* parameters, int count, int* written)
{
    return guarded([&] { *written = cv::imwrite(file, *image, list(parameters, count)); });
}

EXPORT const Error* ImWriteMany(const char* file, cv::Mat* const* images, int imageCount, const int* parameters, int count, int* written)
{
    return guarded([&] {
        std::vector<cv::Mat> pages;
        std::transform(images, images + imageCount, std::back_inserter(pages), [](const cv::Mat* image) { return *image; });
        *written = cv::imwrite(file, pages, list(parameters, count));
    });
}
