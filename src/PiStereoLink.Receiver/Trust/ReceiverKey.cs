using System.Security.Cryptography.X509Certificates;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Trust;

/// <summary>What agents know this receiver by.</summary>
internal static class ReceiverKey
{
    /// <summary>The key of a state folder, made at the first call.</summary>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static X509Certificate2 In(string stateFolder)
    {
        DurableFolder.Create(stateFolder);
        return KeyFile.LoadOrMake(Path.Combine(stateFolder, "key.pem"));
    }
}
