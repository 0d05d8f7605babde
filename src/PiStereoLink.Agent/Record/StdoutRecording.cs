using Microsoft.Win32.SafeHandles;

namespace PiStereoLink.Agent;

/// <summary>A film on stdout, for another program.</summary>
internal sealed class StdoutRecording : IRecording
{
    // The console's own stream does not tell when its reader has gone.
    private static readonly FileStream Stdout = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);

    public void Add(in FilmedPicture picture)
    {
        try
        {
            Stdout.Write(picture.Bytes.Span);
        }
        catch (IOException e)
        {
            throw new RecordingException($"The stream cannot be written to stdout: {e.Message.TrimEnd('.')}.", e);
        }
    }

    public void Cut()
    {
    }

    public Task EndAsync() => Task.CompletedTask;
}
