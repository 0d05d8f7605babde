namespace PiStereoLink.Agent;

/// <summary>
/// The firmware's GPIO expander as it is on a Pi 3, and there alone. There is no way to get one for another board, and its line is no
/// parameter: on a Pi 4 the firmware has the SD card's power under the same number.
/// </summary>
public sealed class Pi3Expander
{
    /// <summary>Line 6, CAM_GPIO1; the firmware counts its expander's lines from 128.</summary>
    private const uint CameraLed = 128 + 6;

    private const uint GetBoardRevision = 0x0001_0002;
    private const uint GetState = 0x0003_0041;
    private const uint SetState = 0x0003_8041;

    private Pi3Expander()
    {
    }

    /// <summary>Null on every board but a Pi 3.</summary>
    public static Pi3Expander? Of(Board board)
    {
        ArgumentNullException.ThrowIfNull(board);
        return board.Kind == BoardKind.Pi3 ? new() : null;
    }

    /// <summary>
    /// Asks the firmware too which board it is on: a device tree is a file, and can be another board's. The type is bits 4 to 11 of a
    /// revision that has bit 23 set.
    /// </summary>
    /// <exception cref="LedException">It is not a Pi 3.</exception>
    internal static void Confirm(IMailbox mailbox)
    {
        const uint NewStyle = 1 << 23;
        const uint Pi3B = 0x08, Pi3BPlus = 0x0D, Pi3APlus = 0x0E;

        var revision = MailboxMessage.Ask(mailbox, GetBoardRevision, [0])[0];
        if ((revision & NewStyle) == 0 || ((revision >> 4) & 0xFF) is not (Pi3B or Pi3BPlus or Pi3APlus))
            throw new LedException($"The device tree says Pi 3, but the firmware says another board (revision {revision:x}). Nothing was written.");
    }

    internal static bool Read(IMailbox mailbox) => Checked(MailboxMessage.Ask(mailbox, GetState, [CameraLed, 0]))[1] != 0;

    internal static void Write(IMailbox mailbox, bool on) => Checked(MailboxMessage.Ask(mailbox, SetState, [CameraLed, on ? 1u : 0u]));

    /// <summary>The firmware puts 0 in the number's place when it did as asked.</summary>
    private static uint[] Checked(uint[] values) =>
        values[0] == 0 ? values : throw new LedException("The firmware refused the camera's LED. An update (`sudo apt full-upgrade`) may help.");
}
