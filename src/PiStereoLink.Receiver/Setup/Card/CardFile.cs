namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>A file of the boot partition, with all that is to stand in it.</summary>
public sealed record CardFile(string Name, string Text)
{
    /// <summary>Where each text of ours begins, after the line that its format wants first.</summary>
    public const string Origin = "# Written by PiStereoLink (./pistereolink sdcard).";
}
