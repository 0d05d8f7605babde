namespace PiStereoLink.SimulatedCamera.Video;

/// <summary>The newest frames, in memory: written at a clean end, from the first key frame on.</summary>
/// <param name="path">The file, opened at the start.</param>
/// <param name="capacityBytes">How much is kept.</param>
/// <param name="pts">Where the times of what is written go, or nowhere.</param>
/// <param name="headers">What stands before the frames.</param>
/// <param name="say">Tells how much it was.</param>
internal sealed class CircularFrames(string? path, long capacityBytes, PtsFile? pts, Func<byte[]> headers, Action<string> say) : IFrameSink
{
    private readonly Queue<EncodedFrame> frames = [];
    private readonly VideoOutput file = path is null ? throw new IOException("could not open output file") : new VideoOutput(path, flush: false);
    private long bytes;

    public void Put(in EncodedFrame frame)
    {
        if (frame.Bytes.Length > capacityBytes)
            throw new OutputException("circular buffer too small");
        frames.Enqueue(frame);
        bytes += frame.Bytes.Length;
        while (bytes > capacityBytes)
            bytes -= frames.Dequeue().Bytes.Length;
    }

    public void End()
    {
        while (frames.Count > 0 && !frames.Peek().IsKey)
            bytes -= frames.Dequeue().Bytes.Length;
        file.Write(headers());
        foreach (var frame in frames)
        {
            file.Write(frame.Bytes.Span);
            pts?.Add(frame.Microseconds);
        }
        file.End();
        pts?.End();
        say($"Wrote {bytes} bytes ({frames.Count} frames)");
    }

    public void Dispose()
    {
        file.Dispose();
        pts?.Dispose();
    }
}
