namespace PiStereoLink.Agent;

/// <summary>How a film is encoded.</summary>
/// <param name="BitsPerSecond">On average.</param>
/// <param name="Intra">A key picture each so many.</param>
/// <param name="Profile">A word of <see cref="Profiles"/>; null is the program's own, high.</param>
public sealed record H264Settings(long BitsPerSecond, int Intra, string? Profile)
{
    public static readonly string[] Profiles = ["baseline", "main", "high"];
}
