namespace PiStereoLink.Agent;

public enum Verdict
{
    Ok,

    /// <summary>It works, and something may go wrong.</summary>
    Warning,

    /// <summary>It does not work like this.</summary>
    Fail,

    /// <summary>It cannot be seen here.</summary>
    Unknown,
}

/// <summary>What the doctor found.</summary>
/// <param name="Verdict">How it is.</param>
/// <param name="Found">What was found, for people.</param>
/// <param name="ToDo">The next step; null when there is none.</param>
public sealed record Finding(Verdict Verdict, string Found, string? ToDo = null)
{
    public static Finding Ok(string found) => new(Verdict.Ok, found);

    public static Finding Warning(string found, string toDo) => new(Verdict.Warning, found, toDo);

    public static Finding Fail(string found, string toDo) => new(Verdict.Fail, found, toDo);

    public static Finding Unknown(string found, string? toDo = null) => new(Verdict.Unknown, found, toDo);
}
