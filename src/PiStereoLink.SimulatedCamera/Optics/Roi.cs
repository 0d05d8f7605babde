namespace PiStereoLink.SimulatedCamera.Optics;

/// <summary>The part of the sensor that becomes the picture, in parts of its width and height.</summary>
internal sealed record Roi(double X, double Y, double Width, double Height)
{
    public static Roi Whole { get; } = new(0, 0, 1, 1);

    /// <summary>Four numbers that lie inside the sensor, or the whole of it: the programs drop others without a word.</summary>
    public static Roi From(double[]? numbers) =>
        numbers is [>= 0 and var x, >= 0 and var y, > 0 and var width, > 0 and var height] && x + width <= 1 + 1e-9 && y + height <= 1 + 1e-9
            ? new(x, y, width, height)
            : Whole;
}
