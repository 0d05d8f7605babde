using System.Runtime.InteropServices;

namespace OpenCvSharp;

/// <summary>Width and height in pixels.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct Size(int Width, int Height)
{
    /// <summary>The width.</summary>
    public int Width = Width;

    /// <summary>The height.</summary>
    public int Height = Height;

    /// <summary>A size whose fractions are cut off.</summary>
    public Size(double width, double height)
        : this((int)width, (int)height)
    {
    }
}

/// <summary>A pixel's place: x to the right, y down.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct Point(int X, int Y)
{
    /// <summary>To the right.</summary>
    public int X = X;

    /// <summary>Down.</summary>
    public int Y = Y;

    /// <summary>A place whose fractions are cut off.</summary>
    public Point(double x, double y)
        : this((int)x, (int)y)
    {
    }
}

/// <summary>A place between pixels.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct Point2f(float X, float Y)
{
    /// <summary>To the right.</summary>
    public float X = X;

    /// <summary>Down.</summary>
    public float Y = Y;
}

/// <summary>A place in space: x to the right, y down, z forward.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct Point3f(float X, float Y, float Z)
{
    /// <summary>To the right.</summary>
    public float X = X;

    /// <summary>Down.</summary>
    public float Y = Y;

    /// <summary>Forward.</summary>
    public float Z = Z;
}

/// <summary>From the first to before the last.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Range(int Start, int End)
{
    /// <summary>The first.</summary>
    public readonly int Start = Start;

    /// <summary>The one after the last.</summary>
    public readonly int End = End;

    /// <summary>Everything there is.</summary>
    public static Range All => new(int.MinValue, int.MaxValue);
}

/// <summary>Up to four numbers: a colour (blue, green, red, alpha) or an element's value.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct Scalar(double Val0, double Val1, double Val2, double Val3)
{
    /// <summary>0, 0, 0.</summary>
    public static readonly Scalar Black = new(0, 0, 0);

    /// <summary>255, 255, 255.</summary>
    public static readonly Scalar White = new(255, 255, 255);

    /// <summary>255 in the red channel.</summary>
    public static readonly Scalar Red = new(0, 0, 255);

    /// <summary>255 in the blue channel.</summary>
    public static readonly Scalar Blue = new(255, 0, 0);

    /// <summary>255 in the green channel.</summary>
    public static readonly Scalar Lime = new(0, 255, 0);

    /// <summary>255 in the red and the green channel.</summary>
    public static readonly Scalar Yellow = new(0, 255, 255);

    /// <summary>The first number.</summary>
    public double Val0 = Val0;

    /// <summary>The second.</summary>
    public double Val1 = Val1;

    /// <summary>The third.</summary>
    public double Val2 = Val2;

    /// <summary>The fourth.</summary>
    public double Val3 = Val3;

    /// <summary>One number, then zeros.</summary>
    public Scalar(double val0)
        : this(val0, 0, 0, 0)
    {
    }

    /// <summary>Two numbers, then zeros.</summary>
    public Scalar(double val0, double val1)
        : this(val0, val1, 0, 0)
    {
    }

    /// <summary>Three numbers, then zero.</summary>
    public Scalar(double val0, double val1, double val2)
        : this(val0, val1, val2, 0)
    {
    }

    /// <summary>Four times the same number.</summary>
    public static Scalar All(double v) => new(v, v, v, v);

    /// <summary>A colour in the order of its name; stored blue first.</summary>
    public static Scalar FromRgb(int r, int g, int b) => new(b, g, r);
}

/// <summary>Three bytes: a pixel of CV_8UC3, blue first.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct Vec3b
{
    /// <summary>Blue.</summary>
    public byte Item0;

    /// <summary>Green.</summary>
    public byte Item1;

    /// <summary>Red.</summary>
    public byte Item2;

    /// <summary>Three bytes.</summary>
    public Vec3b(byte item0, byte item1, byte item2) => (Item0, Item1, Item2) = (item0, item1, item2);
}

/// <summary>Three floats: an element of CV_32FC3.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct Vec3f
{
    /// <summary>The first.</summary>
    public float Item0;

    /// <summary>The second.</summary>
    public float Item1;

    /// <summary>The third.</summary>
    public float Item2;

    /// <summary>Three floats.</summary>
    public Vec3f(float item0, float item1, float item2) => (Item0, Item1, Item2) = (item0, item1, item2);
}
