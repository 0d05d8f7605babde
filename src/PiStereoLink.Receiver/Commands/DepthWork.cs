using OpenCvSharp;

namespace PiStereoLink.Receiver.Commands;

/// <summary>The offline depth commands' share of errors: what a parameter cannot be is wrong usage, what OpenCV refuses is a failure.</summary>
internal static class DepthWork
{
    public static int Run(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (ArgumentException e) when (e is not (ArgumentNullException or ArgumentOutOfRangeException))
        {
            throw new FormatException(e.Message, e);
        }
        catch (OpenCVException e)
        {
            throw new InvalidDataException($"OpenCV could not do this: {e.Message}", e);
        }
    }
}
