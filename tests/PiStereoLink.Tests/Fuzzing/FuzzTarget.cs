namespace PiStereoLink.Tests.Fuzzing;

/// <summary>One part of the protocol and the cases made up for it. Not safe for several threads: each makes its own.</summary>
internal abstract class FuzzTarget
{
    protected FuzzTarget() => Jpeg = new MadeUpJpeg(Draw, Bytes);

    /// <summary>All of them, new.</summary>
    public static FuzzTarget[] All => [new FramingTarget(), new SplitterTarget(), new JpegTarget(), new StampTarget(), new HuffmanTarget(), new TrailerTarget(), new LineTarget()];

    /// <summary>What it is called on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The bytes of the case at work.</summary>
    public CaseBytes Bytes { get; } = new();

    protected Draw Draw { get; } = new();

    protected MadeUpJpeg Jpeg { get; }

    /// <summary>Makes the case of this seed up and tries it; throws what the code under test throws, or <see cref="FuzzException"/>.</summary>
    public void Try(ulong seed)
    {
        Draw.Begin(seed);
        Bytes.Clear();
        Try();
    }

    protected abstract void Try();

    protected static void Hold(bool holds, string what)
    {
        if (!holds)
            throw new FuzzException($"{what}: this does not hold.");
    }
}

/// <summary>A case in which something that must hold does not, or that took too long.</summary>
internal sealed class FuzzException(string message, Exception? inner = null) : Exception(message, inner);
