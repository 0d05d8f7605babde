// cv::Mat, and what belongs to no picture. See Native.Core.cs.
#include "shim.h"

#include <cstddef>
#include <cstdint>
#include <string>

// MatHeader.cs reads a Mat's header in place: four ints, seven pointers, then the step and its own storage.
static_assert(offsetof(cv::Mat, flags) == 0);
static_assert(offsetof(cv::Mat, dims) == 4);
static_assert(offsetof(cv::Mat, rows) == 8);
static_assert(offsetof(cv::Mat, cols) == 12);
static_assert(offsetof(cv::Mat, data) == 16);
static_assert(offsetof(cv::Mat, size) == 16 + 6 * sizeof(void*));
static_assert(offsetof(cv::Mat, step) + offsetof(cv::MatStep, buf) == 16 + 8 * sizeof(void*));

EXPORT const Error* MatNew(cv::Mat** mat)
{
    return guarded([&] { *mat = new cv::Mat(); });
}

EXPORT void MatDelete(cv::Mat* mat)
{
    delete mat;
}

EXPORT const Error* MatNewOf(int rows, int columns, int type, cv::Mat** mat)
{
    return guarded([&] { *mat = new cv::Mat(rows, columns, type); });
}

EXPORT const Error* MatNewOver(int rows, int columns, int type, void* data, std::int64_t step, cv::Mat** mat)
{
    return guarded([&] { *mat = new cv::Mat(rows, columns, type, data, static_cast<std::size_t>(step)); });
}

EXPORT const Error* MatPart(cv::Mat* mat, int top, int bottom, int left, int right, cv::Mat** part)
{
    return guarded([&] { *part = new cv::Mat(*mat, cv::Range(top, bottom), cv::Range(left, right)); });
}

EXPORT const Error* MatReshape(cv::Mat* mat, int channels, int rows, cv::Mat** reshaped)
{
    return guarded([&] { *reshaped = new cv::Mat(mat->reshape(channels, rows)); });
}

EXPORT const Error* MatCreate(cv::Mat* mat, int rows, int columns, int type)
{
    return guarded([&] { mat->create(rows, columns, type); });
}

EXPORT const Error* MatCopyTo(cv::Mat* mat, cv::Mat* copy, cv::Mat* mask)
{
    return guarded([&] { mask ? mat->copyTo(*copy, *mask) : mat->copyTo(*copy); });
}

EXPORT const Error* MatConvertTo(cv::Mat* mat, cv::Mat* converted, int type, double alpha, double beta)
{
    return guarded([&] { mat->convertTo(*converted, type, alpha, beta); });
}

EXPORT const Error* MatSetToScalar(cv::Mat* mat, const double* value, cv::Mat* mask)
{
    return guarded([&] { mat->setTo(scalar(value), optional(mask)); });
}

EXPORT const Error* MatSetTo(cv::Mat* mat, cv::Mat* value, cv::Mat* mask)
{
    return guarded([&] { mat->setTo(*value, optional(mask)); });
}

EXPORT const Error* MatSetIdentity(cv::Mat* mat)
{
    return guarded([&] { cv::setIdentity(*mat); });
}

EXPORT const Error* MinMaxLoc(cv::Mat* mat, double* values, cv::Point* places, cv::Mat* mask)
{
    return guarded([&] { cv::minMaxLoc(*mat, &values[0], &values[1], places ? &places[0] : nullptr, places ? &places[1] : nullptr, optional(mask)); });
}

EXPORT const Error* Normalize(cv::Mat* from, cv::Mat* to, double alpha, double beta, int norm, int type, cv::Mat* mask)
{
    return guarded([&] { cv::normalize(*from, *to, alpha, beta, norm, type, optional(mask)); });
}

EXPORT const Error* Flip(cv::Mat* from, cv::Mat* to, int mode)
{
    return guarded([&] { cv::flip(*from, *to, mode); });
}

EXPORT const Error* SetNumThreads(int threads)
{
    return guarded([&] { cv::setNumThreads(threads); });
}

EXPORT const Error* GetNumThreads(int* threads)
{
    return guarded([&] { *threads = cv::getNumThreads(); });
}

EXPORT const Error* GetVersionString(const char** version)
{
    return guarded([&] {
        static const std::string text = cv::getVersionString();
        *version = text.c_str();
    });
}
