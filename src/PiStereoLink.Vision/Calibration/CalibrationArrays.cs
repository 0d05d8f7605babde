using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>The arrays of a calibration file, taken out by key, shape and meaning, each refusal in a sentence.</summary>
internal sealed class CalibrationArrays(IReadOnlyDictionary<string, NpyArray> arrays)
{
    public bool Has(string key) => arrays.ContainsKey(key);

    /// <summary>All, or none: half a set is a damaged file and not another kind of file.</summary>
    public bool HasAll(string[] keys)
    {
        var missing = keys.Where(key => !Has(key)).ToArray();
        if (missing.Length > 0 && missing.Length < keys.Length)
            throw new InvalidDataException($"it has {string.Join(", ", keys.Except(missing))} but not {string.Join(", ", missing)}.");
        return missing.Length == 0;
    }

    public double[] Vector(string key) => Require(key).ToDoubles();

    public double[] Vector(string key, int count) => Require(key, count).ToDoubles();

    public int[] Integers(string key, int count) => Require(key, count).ToInt32s();

    public double[,] Matrix(string key, int rows, int columns)
    {
        var array = Require(key);
        if (!array.Shape.SequenceEqual([rows, columns]))
            throw new InvalidDataException($"{key} has the shape {array.DescribeShape()}; ({rows}, {columns}) was expected.");
        var matrix = new double[rows, columns];
        Buffer.BlockCopy(array.ToDoubles(), 0, matrix, 0, rows * columns * sizeof(double));
        return matrix;
    }

    public float[] Map(string key, int width, int height)
    {
        var map = Require(key);
        return map.Shape.SequenceEqual([height, width])
            ? map.ToSingles()
            : throw new InvalidDataException($"{key} has the shape {map.DescribeShape()}; the image size {width}x{height} asks for ({height}, {width}).");
    }

    /// <summary>Whether a map is in OpenCV's fixed-point form, whole pixels as pairs of shorts.</summary>
    public bool IsFixedPoint(string key) => Require(key) is { Type: NpyType.I2, Shape.Length: 3 };

    public int[] Pairs(string key, int width, int height)
    {
        var map = Require(key);
        return map.Shape.SequenceEqual([height, width, 2])
            ? map.ToInt32s()
            : throw new InvalidDataException($"{key} has the shape {map.DescribeShape()}; the image size {width}x{height} asks for ({height}, {width}, 2).");
    }

    public int[] Shape(string key) => Require(key).Shape.ToArray();

    /// <summary>x, y, width, height, as OpenCV's Python returns a region.</summary>
    public Rect Region(string key, int width, int height)
    {
        var roi = Integers(key, 4);
        var inside = roi.All(value => value >= 0) && (long)roi[0] + roi[2] <= width && (long)roi[1] + roi[3] <= height;
        return inside
            ? new Rect(roi[0], roi[1], roi[2], roi[3])
            : throw new InvalidDataException($"{key} is ({string.Join(", ", roi)}); x, y, width, height within {width}x{height} were expected.");
    }

    private NpyArray Require(string key, int count)
    {
        var array = Require(key);
        return array.Length == count
            ? array
            : throw new InvalidDataException($"{key} has the shape {array.DescribeShape()}; {count} values were expected.");
    }

    private NpyArray Require(string key) =>
        arrays.TryGetValue(key, out var array) ? array : throw new InvalidDataException($"it has no '{key}'.");
}
