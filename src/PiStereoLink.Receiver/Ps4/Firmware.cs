using System.Security.Cryptography;

namespace PiStereoLink.Receiver.Ps4;

/// <summary>The program that a PS4 camera's USB chip (OmniVision OV580) needs after every power-on. It is not ours to ship: the user brings it.</summary>
/// <param name="Bytes">The file as it is.</param>
/// <param name="Sha1">40 hex digits: by these the programs are told apart in public.</param>
/// <param name="Origin">Where a known one was published; null for an unknown one.</param>
public sealed record Firmware(ReadOnlyMemory<byte> Bytes, string Sha1, string? Origin)
{
    /// <summary>The published ones have 62,952 to 68,032 bytes; what is far from that is another file.</summary>
    public const int LeastBytes = 48 * 1024, MostBytes = 96 * 1024;

    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["fe86162309518a0ffe267075a2fcf728c5856b3e"] = "ps4eye and PS4EYECam, 66608 bytes",
        ["8b8a6621d358f6782c2e3b31aac2cdfb25102c00"] = "OrbisEyeCam, of console firmware 6.50, 68032 bytes",
        ["9ae45f8120df5d63975a13d2364eabbab0c76f12"] = "firmware_V2.bin of sieuwe1, 64036 bytes",
    };

    /// <summary>Reads a file and checks it by size and by its SHA-1.</summary>
    /// <param name="path">The file.</param>
    /// <param name="allowUnknown">True: one that is not known by its SHA-1 is taken too.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no firmware, or an unknown one.</exception>
    public static Firmware Load(string path, bool allowUnknown)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new FileNotFoundException($"{path} is not there. Give the file with --firmware; none comes with this program, docs/ps4-and-elp.md says where people get it.");
        if (file.Length is < LeastBytes or > MostBytes)
            throw new InvalidDataException($"{path} has {file.Length} bytes; a PS4 camera's firmware has {LeastBytes} to {MostBytes}. Is it the right file?");
        return Check(path, File.ReadAllBytes(path), allowUnknown);
    }

    private static Firmware Check(string path, byte[] bytes, bool allowUnknown)
    {
#pragma warning disable CA5350 // Do Not Use Weak Cryptographic Algorithms: it names published files, it protects nothing
        var sha1 = Convert.ToHexStringLower(SHA1.HashData(bytes));
#pragma warning restore CA5350
        var origin = Known.GetValueOrDefault(sha1);
        return origin is null && !allowUnknown
            ? throw new InvalidDataException($"{path} has the SHA-1 {sha1}, which is none of the {Known.Count} known firmwares. If you trust it, add --unknown-firmware: a wrong one does no lasting harm, the camera forgets it when it is unplugged.")
            : new Firmware(bytes, sha1, origin);
    }
}
