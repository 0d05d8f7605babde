using System.Text.Json.Serialization;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>What <c>deploy --json</c> and <c>upgrade --json</c> print.</summary>
/// <param name="Host">The machine.</param>
/// <param name="Node">Its name at the receiver.</param>
/// <param name="Receiver">The receiver as the machine finds it.</param>
/// <param name="Agent">The agent in use: folder under /opt/pistereolink.</param>
/// <param name="Changed">What was done, or would be with <c>--dry-run</c>; nothing when all was as it is to be.</param>
/// <param name="FirstFrameSeconds">From the start of the service to the first picture at the receiver; null when it was not started.</param>
/// <param name="TestShot">The picture that was brought home; null when none was.</param>
/// <param name="Checks">What was looked at.</param>
internal sealed record DeployResult(
    string Host, string? Node, string? Receiver, string? Agent, IReadOnlyList<string> Changed, double? FirstFrameSeconds, TestShot? TestShot, IReadOnlyList<Check> Checks);

/// <summary>What <c>undeploy --json</c> prints.</summary>
internal sealed record UndeployResult(string Host, bool WasInstalled, string? RevokedNode, bool StateKept);

/// <summary>What <c>status --json</c> prints; what is not known is null.</summary>
internal sealed record PiStatus(
    string Host, string Service, bool Enabled, int Restarts, string? Agent, string? Node, string? PairedWith, Frames? Frames, string? Temperature, string? Throttled, long? FreeMegabytes,
    bool? Connected, long? FramesAtReceiver, double? FramesPerSecond, string? LastError);

/// <summary>What became of the agent's pictures, as it says itself.</summary>
internal sealed record Frames(string? At, long? Captured, long? Acked, long? Unconfirmed, long? Spooled, long? Dropped);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DeployResult))]
[JsonSerializable(typeof(UndeployResult))]
[JsonSerializable(typeof(PiStatus))]
internal sealed partial class DeployJson : JsonSerializerContext;
