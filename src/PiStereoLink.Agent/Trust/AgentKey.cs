using System.Security.Cryptography.X509Certificates;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>What receivers know this Pi by.</summary>
internal static class AgentKey
{
    /// <summary>The key of a state folder, made at the first call.</summary>
    /// <exception cref="StateException">It cannot be read or made.</exception>
    public static X509Certificate2 In(string stateFolder)
    {
        try
        {
            DurableFolder.Create(Path.GetFullPath(stateFolder));
            return KeyFile.LoadOrMake(Path.Combine(stateFolder, "key.pem"));
        }
        catch (InvalidDataException e)
        {
            throw new StateException(e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"The key of this Pi in {stateFolder} cannot be read or made: {e.Message} Give the folder of the agent with --state DIR, or run as the user that it belongs to.", e);
        }
    }
}
