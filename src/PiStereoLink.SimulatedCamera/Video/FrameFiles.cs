namespace PiStereoLink.SimulatedCamera.Video;

/// <summary>When the video goes on in another file.</summary>
/// <param name="Milliseconds">At the first key frame after so many; zero is never.</param>
/// <param name="AtPauses">After each pause.</param>
internal readonly record struct SegmentRule(int Milliseconds, bool AtPauses);

/// <summary>Frames into a file, or into one after the other.</summary>
internal sealed class FrameFiles : IFrameSink
{
    private readonly Func<int, string?> nameOf;
    private readonly SegmentRule rule;
    private readonly bool flush;
    private readonly PtsFile? pts;
    private VideoOutput file;
    private int number;
    private long? start;

    /// <param name="nameOf">The file of each number from 0.</param>
    /// <param name="rule">When the next one begins.</param>
    /// <param name="flush">Whether each frame is written at once.</param>
    /// <param name="pts">Where the times go, or nowhere.</param>
    public FrameFiles(Func<int, string?> nameOf, SegmentRule rule, bool flush, PtsFile? pts)
    {
        (this.nameOf, this.rule, this.flush, this.pts) = (nameOf, rule, flush, pts);
        file = new VideoOutput(nameOf(0), flush);
    }

    public void Put(in EncodedFrame frame)
    {
        if (start is { } began && EndsBefore(frame, began))
        {
            file.End();
            file.Dispose();
            file = new VideoOutput(nameOf(++number), flush);
            pts?.Next(number);
            start = null;
        }
        start ??= frame.Microseconds;
        file.Write(frame.Bytes.Span);
        pts?.Add(frame.Microseconds);
    }

    public void End()
    {
        file.End();
        pts?.End();
    }

    public void Dispose()
    {
        file.Dispose();
        pts?.Dispose();
    }

    private bool EndsBefore(in EncodedFrame frame, long began) =>
        rule.Milliseconds > 0 && frame.IsKey && frame.Microseconds / 1000 - began / 1000 > rule.Milliseconds ||
        rule.AtPauses && frame.IsRestart;
}
