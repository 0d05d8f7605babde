namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>What becomes of a file.</summary>
public enum CardAction
{
    Unchanged,
    Written,
    Removed,
}

/// <summary>A file of the boot partition and what becomes of it.</summary>
/// <param name="Name">The file.</param>
/// <param name="Action">What becomes of it.</param>
/// <param name="Text">What is to stand in it; null for one that goes.</param>
public sealed record CardChange(string Name, CardAction Action, string? Text);
