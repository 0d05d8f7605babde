namespace PiStereoLink.Protocol;

/// <summary>Why an agent with a token is not paired.</summary>
public static class JoinRefusal
{
    /// <summary>Nobody here made this token, or it is long forgotten.</summary>
    public const string UnknownToken = "unknown-token";

    /// <summary>Somebody has used it.</summary>
    public const string UsedToken = "used-token";

    /// <summary>Its hour is over.</summary>
    public const string OldToken = "old-token";

    /// <summary>Another key is paired under this name.</summary>
    public const string NameTaken = "name-taken";

    /// <summary>This key is paired under another name.</summary>
    public const string KeyTaken = "key-taken";

    /// <summary>The name is none, or one that is made for senders without a stamp.</summary>
    public const string BadName = "bad-name";

    /// <summary>The line is none.</summary>
    public const string BadRequest = "bad-request";

    /// <summary>The receiver cannot write it down.</summary>
    public const string Failed = "failed";
}
