// Corners of a chessboard, and cameras from corners. See Native.Calibrate.cs.
#include "shim.h"

#include <algorithm>
#include <opencv2/calib3d.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace
{
// Views come as one row of points and how many of them belong to each.
template <class Point>
std::vector<std::vector<Point>> views(const Point* points, const int* counts, int count)
{
    std::vector<std::vector<Point>> all;
    all.reserve(count);
    for (int i = 0; i < count; points += counts[i], ++i)
        all.emplace_back(points, points + counts[i]);
    return all;
}

cv::TermCriteria criteria(int type, int count, double epsilon)
{
    return {type, count, epsilon};
}
}

EXPORT const Error* FindChessboardCorners(cv::Mat* image, int columns, int rows, int flags, cv::Point2f* corners, int* count, int* found)
{
    return guarded([&] {
        std::vector<cv::Point2f> all;
        *found = cv::findChessboardCorners(*image, {columns, rows}, all, flags);
        *count = std::min(static_cast<int>(all.size()), columns * rows);
        std::copy_n(all.begin(), *count, corners);
    });
}

EXPORT const Error* CornerSubPix(
    cv::Mat* image, cv::Point2f* corners, int count, int windowWidth, int windowHeight, int zoneWidth, int zoneHeight, int type, int iterations, double epsilon)
{
    return guarded([&] {
        cv::Mat points(count, 1, CV_32FC2, corners);
        cv::cornerSubPix(*image, points, {windowWidth, windowHeight}, {zoneWidth, zoneHeight}, criteria(type, iterations, epsilon));
    });
}

// The coefficients are written where they lie: with another number of them than the model has, they come back unchanged, as in the package.
EXPORT const Error* CalibrateCamera(
    const cv::Point3f* object, const cv::Point2f* image, const int* counts, int count, int width, int height, double* camera, double* distortion, int coefficients,
    cv::Vec3d* rotations, cv::Vec3d* translations, int flags, int type, int iterations, double epsilon, double* rms)
{
    return guarded([&] {
        cv::Mat k(3, 3, CV_64FC1, camera), d(coefficients, 1, CV_64FC1, distortion);
        std::vector<cv::Mat> r, t;
        *rms = cv::calibrateCamera(views(object, counts, count), views(image, counts, count), {width, height}, k, d, r, t, flags, criteria(type, iterations, epsilon));
        for (int i = 0; i < count; ++i)
        {
            rotations[i] = r[i];
            translations[i] = t[i];
        }
    });
}

EXPORT const Error* StereoCalibrate(
    const cv::Point3f* object, const cv::Point2f* image1, const cv::Point2f* image2, const int* counts, int count, int width, int height,
    double* camera1, double* distortion1, int coefficients1, double* camera2, double* distortion2, int coefficients2,
    cv::Mat* r, cv::Mat* t, cv::Mat* e, cv::Mat* f, int flags, int type, int iterations, double epsilon, double* rms)
{
    return guarded([&] {
        cv::Mat k1(3, 3, CV_64FC1, camera1), d1(coefficients1, 1, CV_64FC1, distortion1), k2(3, 3, CV_64FC1, camera2), d2(coefficients2, 1, CV_64FC1, distortion2);
        *rms = cv::stereoCalibrate(views(object, counts, count), views(image1, counts, count), views(image2, counts, count), k1, d1, k2, d2, {width, height},
                                   *r, *t, *e, *f, flags, criteria(type, iterations, epsilon));
    });
}
