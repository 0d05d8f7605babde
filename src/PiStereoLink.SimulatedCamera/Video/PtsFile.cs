using System.Globalization;
using System.Text;

namespace PiStereoLink.SimulatedCamera.Video;

/// <summary>The times of the frames, in milliseconds since the first one, as mkvmerge takes them.</summary>
/// <param name="nameOf">The file beside the video file of that number; null stays with the first.</param>
internal sealed class PtsFile(string path, bool flush, Func<int, string>? nameOf = null) : IDisposable
{
    private VideoOutput file = Begin(path, flush);

    public void Add(long microseconds) =>
        file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000}.{microseconds % 1000:000}\n")));

    /// <summary>The video goes on in another file: raspivid begins another one here too, without the first line.</summary>
    public void Next(int number)
    {
        if (nameOf is null)
            return;
        End();
        file.Dispose();
        file = new VideoOutput(nameOf(number), flush);
    }

    public void End() => file.End();

    public void Dispose() => file.Dispose();

    private static VideoOutput Begin(string path, bool flush)
    {
        var file = new VideoOutput(path, flush);
        file.Write("# timecode format v2\n"u8);
        return file;
    }
}
