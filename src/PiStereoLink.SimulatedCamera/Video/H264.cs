using System.Diagnostics;
using System.Globalization;
using PiStereoLink.SimulatedCamera.Picture;

namespace PiStereoLink.SimulatedCamera.Video;

/// <summary>H.264 as an elementary stream, encoded by the ffmpeg that is installed: the programs' own codec for those who have it.</summary>
internal sealed class H264 : IFrameEncoder
{
    private const string Ffmpeg = "ffmpeg";

    // A frame takes milliseconds; an encoder that is silent for so long has stopped.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Process process;
    private readonly Task reading;
    private readonly MemoryStream encoded = new();

    /// <param name="framing">The pictures'.</param>
    /// <param name="framesPerSecond">What the stream says of itself.</param>
    /// <param name="intra">A key frame each so many frames.</param>
    /// <param name="bitsPerSecond">Zero: as many as a good picture needs.</param>
    public H264(Framing framing, double framesPerSecond, int intra, long bitsPerSecond)
    {
        string[] rate = bitsPerSecond > 0 ? ["-b:v", Text(bitsPerSecond)] : ["-crf", "23"];
        // In a session of its own: Ctrl-C means this program, which then ends the stream.
        process = Process.Start(new ProcessStartInfo("setsid",
            [Ffmpeg, "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "bgr24", "-s", $"{framing.Width}x{framing.Height}", "-r", Text(framesPerSecond), "-i", "-",
             "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p", "-g", Text(intra), .. rate, "-f", "h264", "-flush_packets", "1", "-"])
        { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        reading = Task.Factory.StartNew(Read, TaskCreationOptions.LongRunning);
    }

    /// <summary>Whether this machine has it.</summary>
    public static bool IsInstalled =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, Ffmpeg)));

    public byte[] Encode(byte[] bgr)
    {
        process.StandardInput.BaseStream.Write(bgr);
        process.StandardInput.BaseStream.Flush();
        lock (encoded)
        {
            while (encoded.Length == 0)
                if (reading.IsCompleted || !Monitor.Wait(encoded, Patience))
                    throw new IOException("ffmpeg encoded nothing");
            return Take();
        }
    }

    public byte[] End()
    {
        process.StandardInput.Close();
        reading.Wait(Patience);
        lock (encoded)
            return Take();
    }

    /// <summary>ffmpeg ends by itself when its input does.</summary>
    public void Dispose() => process.Dispose();

    private byte[] Take()
    {
        var bytes = encoded.ToArray();
        encoded.SetLength(0);
        return bytes;
    }

    private void Read()
    {
        var piece = new byte[64 << 10];
        while (process.StandardOutput.BaseStream.Read(piece) is > 0 and var count)
            lock (encoded)
            {
                encoded.Write(piece, 0, count);
                Monitor.Pulse(encoded);
            }
        lock (encoded)
            Monitor.Pulse(encoded);
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
