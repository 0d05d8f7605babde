using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// With whom this Pi is paired. While the file is there, the agent talks to nobody else and never without TLS; where it cannot be read, the
/// agent does not start rather than go on without.
/// </summary>
/// <param name="Address">Where the receiver was when the Pi joined.</param>
/// <param name="Receiver">Its key.</param>
/// <param name="Node">What this Pi is called there.</param>
public sealed record Pairing(ReceiverAddress Address, Pin Receiver, string Node)
{
    private const string FileName = "paired-receiver";

    /// <summary>The pairing of a state folder; null when there is none.</summary>
    /// <exception cref="StateException">It cannot be read.</exception>
    public static Pairing? In(string stateFolder)
    {
        var path = Path.Combine(stateFolder, FileName);
        try
        {
            return File.ReadAllLines(path) is [var address, var pin, var node] && ReceiverAddress.TryParse(address, out var to) && Pin.TryParse(pin, out var receiver) && CameraName.IsValid(node)
                ? new Pairing(to!, receiver, node)
                : throw new StateException($"{path} holds no pairing: address, pin and node name, a line each, are one. Pair again with agent join, or delete it to send unencrypted.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"{path} cannot be read: {e.Message} Run as the user that it belongs to.", e);
        }
    }

    /// <summary>Writes it in the place of an older one: whole, its owner's alone (0600), and on disk when this returns.</summary>
    /// <exception cref="StateException">It cannot be written.</exception>
    public void Keep(string stateFolder)
    {
        var path = Path.Combine(stateFolder, FileName);
        try
        {
            PrivateFile.Replace(path, $"{Address}\n{Receiver}\n{Node}\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"{path} cannot be written: {e.Message} The receiver has paired this Pi; mend that, and join again with a new token.", e);
        }
    }

    /// <summary>Fills in what a paired agent need not be told.</summary>
    public static void Apply(AgentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Pairing = In(options.State ?? StateFolder.DefaultPath);
        if (options.Pairing is not { } paired)
            return;
        if (string.IsNullOrWhiteSpace(options.To))
            options.To = paired.Address.ToString();
        options.Node ??= paired.Node;
    }
}
