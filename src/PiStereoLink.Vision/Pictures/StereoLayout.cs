using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// Where the two eyes lie in the one frame that some cameras send. Pure arithmetic on sizes: the same for a file, a live
/// device and a stream.
/// </summary>
public sealed class StereoLayout
{
    private readonly (int Width, int Height)[] sizes;
    private readonly Func<int, int, (Rect First, Rect Second)> regions;

    private StereoLayout(string name, StereoEye first, (int, int)[] sizes, Func<int, int, (Rect First, Rect Second)> regions) =>
        (Name, First, this.sizes, this.regions) = (name, first, sizes, regions);

    /// <summary>
    /// The PS4 camera as the blog cuts it: from column 64 on, eyes of 1264x800. That leaves out the first eye's 16 columns on
    /// its left and the second eye's on its right, so its disparities differ by 16 px from those of <see cref="Ps4Sensor"/>:
    /// a calibration made with one layout is wrong for the other.
    /// </summary>
    public static StereoLayout Ps4 { get; } = new("ps4", StereoEye.Right, [(3448, 808)], (_, _) => Beside(64, 1264, 800));

    /// <summary>
    /// The PS4 camera as its sensors see it. A row of the OV580 bridge: 32 bytes of header and 64 of sound, which are 48
    /// pixels, the two eyes, then copies of lower resolution; the last 8 rows are no picture.
    /// </summary>
    public static StereoLayout Ps4Sensor { get; } = new(
        "ps4-sensor", StereoEye.Right, [(3448, 808), (1748, 408), (898, 200)],
        (width, height) => Beside(48, width == 3448 ? 1280 : width == 1748 ? 640 : 320, height - 8));

    /// <summary>Two halves of any even width.</summary>
    public static StereoLayout SideBySide { get; } = new("side-by-side", StereoEye.Left, [], (width, height) => Beside(0, width / 2, height));

    /// <summary>All layouts.</summary>
    public static IReadOnlyList<StereoLayout> All { get; } = [Ps4, Ps4Sensor, SideBySide];

    /// <summary>The name on the command line.</summary>
    public string Name { get; }

    /// <summary>The camera that the first (leftmost) eye of the frame belongs to, unless told otherwise. In a PS4 frame it is the right one.</summary>
    public StereoEye First { get; }

    /// <summary>The layout of that name.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static StereoLayout Parse(string name) => All.FirstOrDefault(layout => layout.Name == name)
        ?? throw new FormatException($"The layout is \"{name}\"; {string.Join(", ", All.Select(layout => layout.Name))} are allowed.");

    /// <summary>Where the left and the right camera's picture lie in a frame of this size.</summary>
    /// <param name="width">Columns of the frame.</param>
    /// <param name="height">Rows of the frame.</param>
    /// <param name="first">The camera of the first eye; null takes <see cref="First"/>.</param>
    /// <exception cref="InvalidDataException">This layout has no frame of that size; the sentence names those it has.</exception>
    public (Rect Left, Rect Right) Regions(int width, int height, StereoEye? first = null)
    {
        if (sizes.Length == 0 && (width < 2 || width % 2 != 0 || height < 1))
            throw new InvalidDataException($"The frame is {width}x{height}; the layout {Name} takes an even number of columns, two equal halves.");
        if (sizes.Length > 0 && !sizes.Contains((width, height)))
            throw new InvalidDataException(
                $"The frame is {width}x{height}; the layout {Name} takes {string.Join(", ", sizes.Select(size => $"{size.Width}x{size.Height}"))}. Give the frame as the camera sends it, neither scaled nor cropped.");
        var (one, other) = regions(width, height);
        return (first ?? First) == StereoEye.Left ? (one, other) : (other, one);
    }

    /// <summary>The two pictures as windows into the frame's own memory; the caller disposes them before the frame.</summary>
    /// <exception cref="InvalidDataException">As for <see cref="Regions"/>.</exception>
    public (Mat Left, Mat Right) Split(Mat frame, StereoEye? first = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var (left, right) = Regions(frame.Cols, frame.Rows, first);
        return (frame.SubMat(left), frame.SubMat(right));
    }

    private static (Rect First, Rect Second) Beside(int start, int width, int height) =>
        (new Rect(start, 0, width, height), new Rect(start + width, 0, width, height));
}
