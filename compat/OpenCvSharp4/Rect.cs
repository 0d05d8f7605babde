using System.Runtime.InteropServices;

namespace OpenCvSharp;

/// <summary>A rectangle of pixels; the right and the bottom edge are outside it.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct Rect(int X, int Y, int Width, int Height)
{
    /// <summary>The left edge.</summary>
    public int X = X;

    /// <summary>The top edge.</summary>
    public int Y = Y;

    /// <summary>The width.</summary>
    public int Width = Width;

    /// <summary>The height.</summary>
    public int Height = Height;

    /// <summary>From its top left corner and its size.</summary>
    public Rect(Point location, Size size)
        : this(location.X, location.Y, size.Width, size.Height)
    {
    }

    /// <summary>The left edge.</summary>
    public int Left
    {
        readonly get => X;
        set => X = value;
    }

    /// <summary>The top edge.</summary>
    public int Top
    {
        readonly get => Y;
        set => Y = value;
    }

    /// <summary>The first column outside.</summary>
    public readonly int Right => X + Width;

    /// <summary>The first row outside.</summary>
    public readonly int Bottom => Y + Height;

    /// <summary>The top left corner.</summary>
    public Point Location
    {
        readonly get => new(X, Y);
        set => (X, Y) = (value.X, value.Y);
    }

    /// <summary>Width and height.</summary>
    public Size Size
    {
        readonly get => new(Width, Height);
        set => (Width, Height) = (value.Width, value.Height);
    }

    /// <summary>The top left corner.</summary>
    public readonly Point TopLeft => new(X, Y);

    /// <summary>The corner outside, at the bottom right.</summary>
    public readonly Point BottomRight => new(Right, Bottom);

    /// <summary>The part in both; empty when they do not touch.</summary>
    public static Rect Intersect(Rect a, Rect b)
    {
        var (left, top) = (Math.Max(a.X, b.X), Math.Max(a.Y, b.Y));
        var (right, bottom) = (Math.Min(a.Right, b.Right), Math.Min(a.Bottom, b.Bottom));
        return right >= left && bottom >= top ? new Rect(left, top, right - left, bottom - top) : default;
    }

    /// <summary>The part in both; empty when they do not touch.</summary>
    public readonly Rect Intersect(Rect rect) => Intersect(this, rect);

    /// <summary>Whether the pixel is inside.</summary>
    public readonly bool Contains(int x, int y) => X <= x && Y <= y && Right > x && Bottom > y;

    /// <summary>Whether the pixel is inside.</summary>
    public readonly bool Contains(Point pt) => Contains(pt.X, pt.Y);

    /// <summary>Whether all of the other rectangle is inside.</summary>
    public readonly bool Contains(Rect rect) => X <= rect.X && Y <= rect.Y && rect.Right <= Right && rect.Bottom <= Bottom;
}
