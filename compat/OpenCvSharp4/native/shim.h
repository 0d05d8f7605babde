// What every function of the shims has in common: it is found by its name from C#, it never lets an exception out, and
// it returns null or the address of what went wrong.
#pragma once

#include <exception>
#include <new>
#include <opencv2/core.hpp>

static_assert(CV_VERSION_MAJOR == 4, "These shims are written to OpenCV 4: cv::Mat's layout and type codes are other ones in 5.");

#define EXPORT extern "C" __attribute__((visibility("default")))

// The same layout as NativeError in Native.cs.
struct Error
{
    int status;
    int line;
    const char* function;
    const char* message;
    const char* file;
};

// Keeps the error for this thread until its next one: no second call to fetch it, nothing to free.
const Error* failed(int status, const char* function, const char* message, const char* file, int line) noexcept;

template <class Body>
const Error* guarded(Body&& body) noexcept
{
    try
    {
        body();
        return nullptr;
    }
    catch (const cv::Exception& e)
    {
        return failed(e.code, e.func.c_str(), e.err.c_str(), e.file.c_str(), e.line);
    }
    catch (const std::bad_alloc& e)
    {
        return failed(cv::Error::StsNoMem, "", e.what(), "", 0);
    }
    catch (const std::exception& e)
    {
        return failed(cv::Error::StsError, "", e.what(), "", 0);
    }
    catch (...)
    {
        return failed(cv::Error::StsError, "", "An exception of an unknown type.", "", 0);
    }
}

// An argument that the caller may leave out comes as null.
inline cv::_InputOutputArray optional(cv::Mat* mat)
{
    return mat ? cv::_InputOutputArray(*mat) : cv::_InputOutputArray(cv::noArray());
}

inline cv::Scalar scalar(const double* values)
{
    return {values[0], values[1], values[2], values[3]};
}
