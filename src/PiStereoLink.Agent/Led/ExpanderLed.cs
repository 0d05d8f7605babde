namespace PiStereoLink.Agent;

/// <summary>The camera's LED of a Pi 3, which the firmware switches.</summary>
internal sealed class ExpanderLed : ILed
{
    private const string Permission = "Join the group video: `sudo usermod -aG video $USER`, then log out and in again.";

    private readonly IMailbox mailbox;

    /// <param name="expander">Says that this is a Pi 3.</param>
    /// <param name="open">Opens the way to the firmware.</param>
    public ExpanderLed(Pi3Expander expander, Func<IMailbox> open)
    {
        ArgumentNullException.ThrowIfNull(expander);
        mailbox = LedException.Told("the firmware (/dev/vcio)", Permission, open);
        try
        {
            LedException.Told(Place, Permission, () => Pi3Expander.Confirm(mailbox));
        }
        catch
        {
            mailbox.Dispose();
            throw;
        }
    }

    public string Place => "the camera's LED, through the firmware";

    public string Note => CameraModules.OnlyTheFirst;

    public string WhenNotKept => "The firmware switches it itself when a camera starts or stops; `agent run --led off` keeps it off while it takes pictures.";

    public LedState State => LedException.Told(Place, Permission, () => Pi3Expander.Read(mailbox)) ? LedState.On : LedState.Off;

    public void Light(bool lit) => LedException.Told(Place, Permission, () => Pi3Expander.Write(mailbox, lit));

    /// <summary>The firmware sets it anew at the camera's next start; until then it is as it is without a camera.</summary>
    public void Release() => Light(false);

    public Action Remember()
    {
        var was = State == LedState.On;
        return () => Light(was);
    }

    public void Dispose() => mailbox.Dispose();
}

internal static class CameraModules
{
    public const string OnlyTheFirst = "Only the first camera module (V1) has an LED.";
}
