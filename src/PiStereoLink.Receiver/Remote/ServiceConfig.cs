using System.Text.Json;
using System.Text.Json.Serialization;

namespace PiStereoLink.Receiver.Remote;

/// <summary>
/// Which receiver and rig to subscribe to, as a file in the shape that farm-ng's camera services have: name, host, port, and one
/// subscription with a path, a query and every_n.
/// </summary>
public sealed record ServiceConfig(string Host, int Port, string Rig, int Every)
{
    private const string Example = """{"name": "garden", "host": "localhost", "port": 8080, "subscriptions": [{"uri": {"path": "/disparity", "query": "service_name=garden"}, "every_n": 5}]}""";

    private const string DisparityPath = "/disparity", RigKey = "service_name";

    public string Address => $"http://{Host}:{Port}";

    /// <exception cref="InvalidDataException">The file is no service configuration; the sentence shows one.</exception>
    public static ServiceConfig Read(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize(File.ReadAllBytes(path), ServiceJson.Default.ServiceFile);
            if (file is not { Host.Length: > 0, Port: > 0 and <= ushort.MaxValue })
                throw new InvalidDataException($"{path} names no host and port. It looks like this: {Example}");
            var subscription = Array.Find(file.Subscriptions ?? [], one => one.Uri?.Path == DisparityPath)
                ?? throw new InvalidDataException($"{path} has no subscription to {DisparityPath}, the only one that there is. It looks like this: {Example}");
            var rig = System.Web.HttpUtility.ParseQueryString(subscription.Uri?.Query ?? "")[RigKey] ?? file.Name
                ?? throw new InvalidDataException($"{path} names no rig, neither by \"name\" nor by {RigKey}= in the query. It looks like this: {Example}");
            return new ServiceConfig(file.Host, file.Port, rig, subscription.EveryN > 0 ? subscription.EveryN : 1);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not the JSON of a service: {e.Message} It looks like this: {Example}", e);
        }
    }

    internal sealed record ServiceFile(string? Name, string? Host, int Port, Subscription[]? Subscriptions);

    internal sealed record Subscription(SubscriptionUri? Uri, [property: JsonPropertyName("every_n")] int EveryN);

    internal sealed record SubscriptionUri(string? Path, string? Query);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(ServiceConfig.ServiceFile))]
internal sealed partial class ServiceJson : JsonSerializerContext;
