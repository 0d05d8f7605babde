// Calibration, rectification and stereo matching. See Native.Calib3d.cs.
#include "shim.h"

#include <opencv2/calib3d.hpp>

EXPORT const Error* Rodrigues(cv::Mat* from, cv::Mat* to, cv::Mat* jacobian)
{
    return guarded([&] { cv::Rodrigues(*from, *to, optional(jacobian)); });
}

EXPORT const Error* StereoRectify(
    cv::Mat* camera1, cv::Mat* distortion1, cv::Mat* camera2, cv::Mat* distortion2, int width, int height, cv::Mat* r, cv::Mat* t,
    cv::Mat* r1, cv::Mat* r2, cv::Mat* p1, cv::Mat* p2, cv::Mat* q, int flags, double alpha, int newWidth, int newHeight, cv::Rect* valid)
{
    return guarded([&] {
        cv::stereoRectify(*camera1, *distortion1, *camera2, *distortion2, {width, height}, *r, *t, *r1, *r2, *p1, *p2, *q,
                          flags, alpha, {newWidth, newHeight}, &valid[0], &valid[1]);
    });
}

EXPORT const Error* InitUndistortRectifyMap(cv::Mat* camera, cv::Mat* distortion, cv::Mat* r, cv::Mat* newCamera, int width, int height, int type, cv::Mat* map1, cv::Mat* map2)
{
    return guarded([&] { cv::initUndistortRectifyMap(*camera, *distortion, *r, *newCamera, {width, height}, type, *map1, *map2); });
}

EXPORT const Error* FilterSpeckles(cv::Mat* disparity, double newValue, int maxSize, double maxDifference, cv::Mat* buffer)
{
    return guarded([&] { cv::filterSpeckles(*disparity, newValue, maxSize, maxDifference, optional(buffer)); });
}

EXPORT const Error* ReprojectImageTo3D(cv::Mat* disparity, cv::Mat* points, cv::Mat* q, int handleMissing, int depth)
{
    return guarded([&] { cv::reprojectImageTo3D(*disparity, *points, *q, handleMissing != 0, depth); });
}

// A matcher lives in OpenCV's counted pointer; C# owns one count.
using Matcher = cv::Ptr<cv::StereoMatcher>;

EXPORT const Error* StereoBMNew(int disparities, int blockSize, Matcher** matcher)
{
    return guarded([&] { *matcher = new Matcher(cv::StereoBM::create(disparities, blockSize)); });
}

EXPORT const Error* StereoSGBMNew(
    int minDisparity, int disparities, int blockSize, int p1, int p2, int disp12MaxDiff, int preFilterCap,
    int uniquenessRatio, int speckleWindowSize, int speckleRange, int mode, Matcher** matcher)
{
    return guarded([&] {
        *matcher = new Matcher(cv::StereoSGBM::create(minDisparity, disparities, blockSize, p1, p2, disp12MaxDiff, preFilterCap,
                                                      uniquenessRatio, speckleWindowSize, speckleRange, mode));
    });
}

EXPORT void MatcherDelete(Matcher* matcher)
{
    delete matcher;
}

EXPORT const Error* MatcherCompute(Matcher* matcher, cv::Mat* left, cv::Mat* right, cv::Mat* disparity)
{
    return guarded([&] { (*matcher)->compute(*left, *right, *disparity); });
}

namespace
{
// A property is a pair of methods; the value goes one way or the other.
template <class Owner>
void access(Matcher& matcher, int (Owner::*get)() const, void (Owner::*set)(int), int* value, bool write)
{
    auto& owner = dynamic_cast<Owner&>(*matcher);
    if (write)
        (owner.*set)(*value);
    else
        *value = (owner.*get)();
}

// The numbers are those of MatcherProperty in Native.Calib3d.cs.
void access(Matcher& matcher, int property, int* value, bool write)
{
#define PROPERTY(number, Owner, Name) \
    case number:                      \
        return access<cv::Owner>(matcher, &cv::Owner::get##Name, &cv::Owner::set##Name, value, write)
    switch (property)
    {
        PROPERTY(0, StereoMatcher, MinDisparity);
        PROPERTY(1, StereoMatcher, NumDisparities);
        PROPERTY(2, StereoMatcher, BlockSize);
        PROPERTY(3, StereoMatcher, SpeckleWindowSize);
        PROPERTY(4, StereoMatcher, SpeckleRange);
        PROPERTY(5, StereoMatcher, Disp12MaxDiff);
        PROPERTY(10, StereoBM, PreFilterType);
        PROPERTY(11, StereoBM, PreFilterSize);
        PROPERTY(12, StereoBM, PreFilterCap);
        PROPERTY(13, StereoBM, TextureThreshold);
        PROPERTY(14, StereoBM, UniquenessRatio);
        PROPERTY(15, StereoBM, SmallerBlockSize);
        PROPERTY(20, StereoSGBM, PreFilterCap);
        PROPERTY(21, StereoSGBM, UniquenessRatio);
        PROPERTY(22, StereoSGBM, P1);
        PROPERTY(23, StereoSGBM, P2);
        PROPERTY(24, StereoSGBM, Mode);
        default:
            CV_Error_(cv::Error::StsBadArg, ("No matcher property has the number %d.", property));
    }
#undef PROPERTY
}
}

EXPORT const Error* MatcherGet(Matcher* matcher, int property, int* value)
{
    return guarded([&] { access(*matcher, property, value, false); });
}

EXPORT const Error* MatcherSet(Matcher* matcher, int property, int value)
{
    return guarded([&] { access(*matcher, property, &value, true); });
}

EXPORT const Error* StereoBMGetRegion(Matcher* matcher, int which, cv::Rect* region)
{
    return guarded([&] {
        auto& bm = dynamic_cast<cv::StereoBM&>(**matcher);
        *region = which == 1 ? bm.getROI1() : bm.getROI2();
    });
}

EXPORT const Error* StereoBMSetRegion(Matcher* matcher, int which, const cv::Rect* region)
{
    return guarded([&] {
        auto& bm = dynamic_cast<cv::StereoBM&>(**matcher);
        which == 1 ? bm.setROI1(*region) : bm.setROI2(*region);
    });
}
