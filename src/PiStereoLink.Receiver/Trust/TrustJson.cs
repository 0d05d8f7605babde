using System.Text.Json.Serialization;

namespace PiStereoLink.Receiver.Trust;

/// <summary>What <c>receiver invite --json</c> prints.</summary>
internal sealed record Invitation(string Token, string Host, string Pin, int ValidSeconds);

/// <summary>What <c>receiver revoke --json</c> prints.</summary>
internal sealed record Revoked(string Node);

/// <summary>What <c>receiver status --json</c> prints; an address is null where there is no such port.</summary>
internal sealed record TrustStatus(bool Running, string? Frames, string? Tls, string? Web, PairedStatus[] Paired, int OpenInvitations);

internal sealed record PairedStatus(string Node, string Pin);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Invitation))]
[JsonSerializable(typeof(Revoked))]
[JsonSerializable(typeof(TrustStatus))]
internal sealed partial class TrustJson : JsonSerializerContext;
