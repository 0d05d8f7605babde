using System.Text.Json.Serialization;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">Of the thing.</param>
/// <param name="Found">What it is; a sentence with the next step when it is not well.</param>
/// <param name="Verdict">Whether the agent can be set up with it.</param>
public sealed record Check(string Name, string Found, Verdict Verdict)
{
    public static Check Ok(string name, string found) => new(name, found, Verdict.Ok);

    public static Check Note(string name, string found) => new(name, found, Verdict.Note);

    public static Check Fail(string name, string found) => new(name, found, Verdict.Fail);
}

/// <summary>What a check says about setting up.</summary>
public enum Verdict
{
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>It works, and somebody may want to know.</summary>
    [JsonStringEnumMemberName("note")]
    Note,

    [JsonStringEnumMemberName("fail")]
    Fail,
}
