#include "shim.h"

#include <string>

namespace
{
struct Kept
{
    std::string function, message, file;
    Error error{};
};

thread_local Kept kept;

constexpr Error outOfMemory{cv::Error::StsNoMem, 0, "", "Out of memory, even for the error's text.", ""};
}

const Error* failed(int status, const char* function, const char* message, const char* file, int line) noexcept
{
    try
    {
        kept.function = function;
        kept.message = message;
        kept.file = file;
        kept.error = {status, line, kept.function.c_str(), kept.message.c_str(), kept.file.c_str()};
        return &kept.error;
    }
    catch (...)
    {
        return &outOfMemory;
    }
}
