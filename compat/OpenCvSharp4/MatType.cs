namespace OpenCvSharp;

/// <summary>The type of an element: a depth and a number of channels, in one number as OpenCV packs them.</summary>
public readonly record struct MatType(int value)
{
    private const int DepthBits = 3;

    // A field as well as a parameter, and in lower case: the package's constructor is callable as MatType(value: 16).
    private readonly int value = value;

    /// <summary>The depth 8-bit unsigned.</summary>
    public const int CV_8U = 0;

    /// <summary>The depth 8-bit signed.</summary>
    public const int CV_8S = 1;

    /// <summary>The depth 16-bit unsigned.</summary>
    public const int CV_16U = 2;

    /// <summary>The depth 16-bit signed.</summary>
    public const int CV_16S = 3;

    /// <summary>The depth 32-bit signed.</summary>
    public const int CV_32S = 4;

    /// <summary>The depth float.</summary>
    public const int CV_32F = 5;

    /// <summary>The depth double.</summary>
    public const int CV_64F = 6;

    /// <summary>The depth half.</summary>
    public const int CV_16F = 7;

    public static readonly MatType CV_8UC1 = MakeType(CV_8U, 1);
    public static readonly MatType CV_8UC2 = MakeType(CV_8U, 2);
    public static readonly MatType CV_8UC3 = MakeType(CV_8U, 3);
    public static readonly MatType CV_8UC4 = MakeType(CV_8U, 4);

    public static readonly MatType CV_8SC1 = MakeType(CV_8S, 1);
    public static readonly MatType CV_8SC2 = MakeType(CV_8S, 2);
    public static readonly MatType CV_8SC3 = MakeType(CV_8S, 3);
    public static readonly MatType CV_8SC4 = MakeType(CV_8S, 4);

    public static readonly MatType CV_16UC1 = MakeType(CV_16U, 1);
    public static readonly MatType CV_16UC2 = MakeType(CV_16U, 2);
    public static readonly MatType CV_16UC3 = MakeType(CV_16U, 3);
    public static readonly MatType CV_16UC4 = MakeType(CV_16U, 4);

    public static readonly MatType CV_16SC1 = MakeType(CV_16S, 1);
    public static readonly MatType CV_16SC2 = MakeType(CV_16S, 2);
    public static readonly MatType CV_16SC3 = MakeType(CV_16S, 3);
    public static readonly MatType CV_16SC4 = MakeType(CV_16S, 4);

    public static readonly MatType CV_32SC1 = MakeType(CV_32S, 1);
    public static readonly MatType CV_32SC2 = MakeType(CV_32S, 2);
    public static readonly MatType CV_32SC3 = MakeType(CV_32S, 3);
    public static readonly MatType CV_32SC4 = MakeType(CV_32S, 4);

    public static readonly MatType CV_32FC1 = MakeType(CV_32F, 1);
    public static readonly MatType CV_32FC2 = MakeType(CV_32F, 2);
    public static readonly MatType CV_32FC3 = MakeType(CV_32F, 3);
    public static readonly MatType CV_32FC4 = MakeType(CV_32F, 4);

    public static readonly MatType CV_64FC1 = MakeType(CV_64F, 1);
    public static readonly MatType CV_64FC2 = MakeType(CV_64F, 2);
    public static readonly MatType CV_64FC3 = MakeType(CV_64F, 3);
    public static readonly MatType CV_64FC4 = MakeType(CV_64F, 4);

    public static readonly MatType CV_16FC1 = MakeType(CV_16F, 1);
    public static readonly MatType CV_16FC2 = MakeType(CV_16F, 2);
    public static readonly MatType CV_16FC3 = MakeType(CV_16F, 3);
    public static readonly MatType CV_16FC4 = MakeType(CV_16F, 4);

    /// <summary>The packed number.</summary>
    public int Value => value;

    /// <summary>What one channel holds, as CV_8U.</summary>
    public int Depth => value & ((1 << DepthBits) - 1);

    /// <summary>How many numbers make one element.</summary>
    public int Channels => (value >> DepthBits) + 1;

    public static implicit operator MatType(int value) => new(value);

    public static explicit operator int(MatType self) => self.value;

    /// <summary>Packs a depth and a number of channels.</summary>
    public static MatType MakeType(int depth, int channels) => new((depth & ((1 << DepthBits) - 1)) + ((channels - 1) << DepthBits));

    /// <summary>8-bit unsigned, <paramref name="ch"/> channels.</summary>
    public static MatType CV_8UC(int ch) => MakeType(CV_8U, ch);

    /// <summary>16-bit signed, <paramref name="ch"/> channels.</summary>
    public static MatType CV_16SC(int ch) => MakeType(CV_16S, ch);

    /// <summary>Float, <paramref name="ch"/> channels.</summary>
    public static MatType CV_32FC(int ch) => MakeType(CV_32F, ch);

    /// <summary>Double, <paramref name="ch"/> channels.</summary>
    public static MatType CV_64FC(int ch) => MakeType(CV_64F, ch);

    /// <inheritdoc/>
    public override string ToString()
    {
        string[] depths = ["8U", "8S", "16U", "16S", "32S", "32F", "64F", "16F"];
        return Channels <= 4 ? $"CV_{depths[Depth]}C{Channels}" : $"CV_{depths[Depth]}C({Channels})";
    }
}
