using System.Globalization;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// A file of video that gets its name when it is complete. Until then it is called <c>.NAME.part</c>, and plays as it is: that is what a power
/// cut leaves.
/// </summary>
internal sealed class VideoFile : IDisposable
{
    private readonly string path;
    private readonly FileStream stream;
    private readonly StreamWriter? times;
    private long whole;             // bytes of whole pictures
    private TimeSpan first, last;

    /// <param name="path">What it will be called, unless that is taken.</param>
    /// <param name="withTimes">Put a file beside it with the time of each picture.</param>
    /// <exception cref="RecordingException">It cannot be written.</exception>
    public VideoFile(string path, bool withTimes)
    {
        this.path = path;
        (stream, times) = Guarded(() =>
        {
            DurableFolder.Create(Path.GetDirectoryName(path)!);
            return (Create(path), withTimes ? new StreamWriter(Create(TimesOf(path))) { NewLine = "\n", AutoFlush = true } : null);
        });
        times?.WriteLine("# timecode format v2");
    }

    public long Pictures { get; private set; }

    /// <summary>From the first picture on.</summary>
    public TimeSpan LengthAt(FilmedPicture picture) => picture.Time - first;

    /// <summary>The rate of its pictures; null while there are not two.</summary>
    public double? Framerate => last > first ? (Pictures - 1) / (last - first).TotalSeconds : null;

    public void Write(FilmedPicture picture) => Guarded(() =>
    {
        stream.Write(picture.Bytes.Span);
        whole += picture.Bytes.Length;
        first = Pictures++ == 0 ? picture.Time : first;
        last = picture.Time;
        times?.WriteLine((last - first).TotalMilliseconds.ToString("0.000", CultureInfo.InvariantCulture));
        return true;
    });

    /// <summary>Completes it and gives it its name, which is returned. What a full disk has cut off goes; null when nothing is left.</summary>
    /// <exception cref="RecordingException">It cannot be completed; it stays under its other name.</exception>
    public string? Complete() => Guarded(() =>
    {
        if (Pictures == 0)
        {
            Dispose();
            File.Delete(stream.Name);
            if (times is not null)
                File.Delete(((FileStream)times.BaseStream).Name);
            return null;
        }
        stream.SetLength(whole);
        stream.Flush(flushToDisk: true);
        var timesPart = (times?.BaseStream as FileStream)?.Name;
        Dispose();
        var free = ShotName.Free(path);
        File.Move(stream.Name, free);
        if (timesPart is not null)
            File.Move(timesPart, TimesOf(free), overwrite: true);
        DurableFolder.Sync(Path.GetDirectoryName(free)!);
        return free;
    });

    public void Dispose()
    {
        stream.Dispose();
        times?.Dispose();
    }

    /// <summary>Where the times of a video file are.</summary>
    public static string TimesOf(string path) => Path.ChangeExtension(path, ".pts");

    // Each picture is written at once: no buffer of ours holds it back, and the kernel's is enough.
    private static FileStream Create(string path)
    {
        var part = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.part");
        return new FileStream(ShotName.Free(part), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    private T Guarded<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RecordingException.Of(path, e);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // What .NET makes of the kernel's EFBIG: FAT, which sticks and cards are sold with, ends at 4 GB.
            throw new RecordingException($"{path} cannot be written: it has reached the largest size that this file system has for a file. --segment makes several.", e);
        }
    }
}
