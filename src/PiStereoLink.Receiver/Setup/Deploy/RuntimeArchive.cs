using System.Security.Cryptography;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>A .NET runtime as it is downloaded, <c>dotnet-runtime-10.0.x-linux-arm64.tar.gz</c>.</summary>
internal sealed record RuntimeArchive(string Path, string Digest)
{
    /// <summary>Where its dotnet will be over there.</summary>
    public const string Dotnet = "/opt/pistereolink/dotnet/dotnet";

    public static async Task<RuntimeArchive> OfAsync(string path, CancellationToken cancellation)
    {
        await using var archive = File.OpenRead(path);
        return new(path, Convert.ToHexStringLower(await SHA256.HashDataAsync(archive, cancellation)));
    }
}
