namespace PiStereoLink.Receiver.Pairing;

/// <summary>What the time between the two pictures of a pair allows, in words. In 1 ms a walker moves 1.4 mm, in 5 ms 7 mm.</summary>
public static class SkewVerdict
{
    private const double GoodMilliseconds = 1, FairMilliseconds = 5;

    /// <summary>Null while there is no pair.</summary>
    public static string? Of(double? milliseconds) => milliseconds switch
    {
        null => null,
        <= GoodMilliseconds => "good",
        <= FairMilliseconds => "fair",
        _ => "static scenes only",
    };
}
