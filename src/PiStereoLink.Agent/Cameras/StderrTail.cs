using System.Text;

namespace PiStereoLink.Agent;

/// <summary>
/// Reads a camera program's stderr for as long as it lives: if nobody reads it, 64 kB fill the pipe and the program stops for ever.
/// Keeps the last lines for the failure's sentence.
/// </summary>
public sealed class StderrTail
{
    // Enough to hold the cause beside libcamera's own lines, little enough for a program that floods.
    public const int LinesUsual = 20;
    private const int LineLength = 300;

    private readonly Queue<string> lines = [];                // under lock
    private readonly StringBuilder line = new();               // the reading task only
    private readonly int linesKept;
    private string? sensor;

    /// <param name="stderr">The program's stderr.</param>
    /// <param name="linesKept">How many of its last lines to keep.</param>
    public StderrTail(Stream stderr, int linesKept = LinesUsual)
    {
        this.linesKept = linesKept;
        Ended = ReadAsync(stderr);
    }

    /// <summary>Completes when stderr has been read to its end.</summary>
    public Task Ended { get; }

    /// <summary>The sensor's model, such as <c>imx219</c>, once libcamera has named it.</summary>
    public string? Sensor => Volatile.Read(ref sensor);

    /// <summary>The last lines, oldest first.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
                return [.. lines];
        }
    }

    private async Task ReadAsync(Stream stderr)
    {
        var bytes = new byte[4096];
        try
        {
            int count;
            while ((count = await stderr.ReadAsync(bytes)) > 0)
                foreach (var b in bytes.AsSpan(0, count))
                    Take((char)b);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The program is gone and so is its pipe; what was read stands.
        }
        Keep();
    }

    /// <summary>Control characters and anything beyond ASCII could play tricks in a terminal or a log: they become spaces.</summary>
    private void Take(char c)
    {
        if (c == '\n')
            Keep();
        else if (line.Length < LineLength)
            line.Append(c is >= ' ' and <= '~' ? c : ' ');
    }

    private void Keep()
    {
        var text = line.ToString().Trim();
        line.Clear();
        if (text.Length == 0)
            return;
        if (sensor is null)
            Volatile.Write(ref sensor, SensorOf(text));
        lock (lines)
        {
            if (lines.Count == linesKept)
                lines.Dequeue();
            lines.Enqueue(text);
        }
    }

    /// <summary>libcamera: <c>INFO RPI vc4.cpp:615 Sensor: /base/soc/i2c0mux/i2c@1/imx219@10 - Selected sensor format: …</c></summary>
    private static string? SensorOf(string text)
    {
        const string mark = " Sensor: /";
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var path = text[(at + mark.Length)..].Split(' ')[0];
        var name = path[(path.LastIndexOf('/') + 1)..];
        var unit = name.IndexOf('@', StringComparison.Ordinal);
        return unit > 0 ? name[..unit] : null;
    }
}
