namespace PiStereoLink.Agent;

/// <summary>One picture of a recording and when it was taken.</summary>
/// <param name="Bytes">Valid until the next picture.</param>
/// <param name="IsKey">A file can begin here.</param>
/// <param name="Utc">By the Pi's clock of the day, for names.</param>
/// <param name="Time">By a clock that nobody sets, for lengths.</param>
public readonly record struct FilmedPicture(ReadOnlyMemory<byte> Bytes, bool IsKey, DateTime Utc, TimeSpan Time)
{
    /// <summary>One that may be kept.</summary>
    public FilmedPicture Copy() => this with { Bytes = Bytes.ToArray() };
}
