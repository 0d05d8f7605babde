using Microsoft.Win32.SafeHandles;

namespace PiStereoLink.SimulatedCamera.Video;

/// <summary>A file that frames go into, stdout, or nowhere.</summary>
internal sealed class VideoOutput : IDisposable
{
    private const int Stdout = 1;

    private readonly StdioStream stream;
    private readonly bool flush;

    public VideoOutput(string? path, bool flush)
    {
        this.flush = flush;
        stream = new StdioStream(path switch
        {
            null or "" => Stream.Null,
            "-" => new FileStream(new SafeFileHandle(Stdout, ownsHandle: false), FileAccess.Write, bufferSize: 0),
            _ => Create(path),
        });
    }

    /// <summary>Writes one frame, or throws an <see cref="OutputException"/>.</summary>
    public void Write(ReadOnlySpan<byte> frame)
    {
        try
        {
            stream.Write(frame);
            if (flush)
                stream.Flush();
        }
        catch (IOException error)
        {
            throw new OutputException("failed to write output bytes", error);
        }
    }

    /// <summary>Writes what waits; a clean end does so, a killed program does not.</summary>
    public void End()
    {
        try
        {
            stream.Flush();
        }
        catch (IOException error)
        {
            throw new OutputException("failed to write output bytes", error);
        }
    }

    public void Dispose() => stream.Dispose();

    private static FileStream Create(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException("failed to open output file " + path);
        }
    }
}
