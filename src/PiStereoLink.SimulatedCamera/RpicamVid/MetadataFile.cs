using System.Text;
using PiStereoLink.SimulatedCamera.Rpicam;

namespace PiStereoLink.SimulatedCamera.RpicamVid;

/// <summary>The metadata file: one JSON array of one object per frame, or plain lines of name=value.</summary>
/// <remarks>Flushed at every newline and only there, as the real one: the brace that closes an object waits for the next frame.</remarks>
internal sealed class MetadataFile : IDisposable
{
    private readonly StdioStream stream;
    private readonly bool asText;
    private bool first = true, mute;

    /// <summary>Opens the file; a pipe will do, and opening a named one waits for its reader. A mute one stays empty.</summary>
    public MetadataFile(string path, bool asText, bool mute)
    {
        (this.asText, this.mute) = (asText, mute);
        stream = new StdioStream(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));
        if (!asText)
            Write("[\n");
    }

    /// <summary>Adds the object of one frame.</summary>
    public void Add((string Name, string Value)[] entries)
    {
        if (asText)
        {
            Write(MetadataText.Plain(entries));
            return;
        }
        Write((first ? "" : ",\n") + MetadataText.Json(entries));
        first = false;
    }

    /// <summary>Ends the array.</summary>
    public void End()
    {
        if (!asText)
            Write("\n]\n");
    }

    public void Dispose() => stream.Dispose();

    private void Write(string text)
    {
        // A C++ stream whose reader has gone goes bad without a word, and the video goes on.
        if (mute)
            return;
        try
        {
            var afterNewline = text.LastIndexOf('\n') + 1;
            if (afterNewline > 0)
            {
                stream.Write(Encoding.ASCII.GetBytes(text[..afterNewline]));
                stream.Flush();
            }
            stream.Write(Encoding.ASCII.GetBytes(text[afterNewline..]));
        }
        catch (IOException)
        {
            mute = true;
        }
    }
}
