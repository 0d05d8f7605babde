using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using PiStereoLink.SimulatedCamera.Picture;

namespace PiStereoLink.SimulatedCamera.Video;

/// <summary>How H.264 is to be encoded.</summary>
/// <param name="FramesPerSecond">What the stream says of itself.</param>
/// <param name="Intra">A key frame each so many frames.</param>
/// <param name="BitsPerSecond">Zero: as many as a good picture needs.</param>
/// <param name="InlineHeaders">The parameter sets come again with each key frame, not only with the first.</param>
internal sealed record H264Settings(double FramesPerSecond, int Intra, long BitsPerSecond, bool InlineHeaders);

/// <summary>H.264 as an elementary stream, encoded by the ffmpeg that is installed: the programs' own codec for those who have it.</summary>
internal sealed class H264 : IFrameEncoder
{
    private const string Ffmpeg = "ffmpeg";

    // A frame takes milliseconds; an encoder that is silent for so long has stopped.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Process process;
    private readonly FlvReader reader;
    private readonly Task reading;
    private readonly BlockingCollection<(byte[] Bytes, bool IsKey)> frames = [];
    private readonly bool inlineHeaders;
    private bool begun;

    public H264(Framing framing, H264Settings settings)
    {
        inlineHeaders = settings.InlineHeaders;
        string[] rate = settings.BitsPerSecond > 0 ? ["-b:v", Text(settings.BitsPerSecond)] : ["-crf", "23"];
        // In a session of its own: Ctrl-C means this program, which then ends the stream.
        process = Process.Start(new ProcessStartInfo("setsid",
            [Ffmpeg, "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "bgr24", "-s", $"{framing.Width}x{framing.Height}", "-r", Text(settings.FramesPerSecond), "-i", "-",
             "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p", "-g", Text(settings.Intra), .. rate,
             "-f", "flv", "-flvflags", "no_duration_filesize", "-flush_packets", "1", "-"])
        { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        reader = new FlvReader(process.StandardOutput.BaseStream);
        reading = Task.Factory.StartNew(ReadAll, TaskCreationOptions.LongRunning);
    }

    /// <summary>Whether this machine has it.</summary>
    public static bool IsInstalled =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, Ffmpeg)));

    public bool IsKey { get; private set; }

    public byte[] Headers => reader.Headers;

    public byte[] Encode(byte[] bgr)
    {
        process.StandardInput.BaseStream.Write(bgr);
        process.StandardInput.BaseStream.Flush();
        if (!frames.TryTake(out var frame, Patience))
            throw new IOException("ffmpeg encoded nothing");
        IsKey = frame.IsKey;
        var withHeaders = frame.IsKey && (inlineHeaders || !begun);
        begun = true;
        return withHeaders ? [.. Headers, .. frame.Bytes] : frame.Bytes;
    }

    /// <summary>ffmpeg ends by itself when its input does.</summary>
    public void Dispose()
    {
        process.StandardInput.Close();
        reading.Wait(Patience);
        process.Dispose();
    }

    private void ReadAll()
    {
        while (reader.Read() is { } frame)
            frames.Add(frame);
        frames.CompleteAdding();
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
