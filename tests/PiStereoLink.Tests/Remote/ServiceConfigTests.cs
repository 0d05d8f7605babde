using PiStereoLink.Receiver.Remote;

namespace PiStereoLink.Tests.Remote;

/// <summary>A subscription as a file, in the shape that farm-ng's camera services have.</summary>
public sealed class ServiceConfigTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("""{"name":"oak0","port":50010,"host":"10.0.0.7","log_level":"INFO","subscriptions":[{"uri":{"path":"/disparity","query":"service_name=oak0"},"every_n":5}]}""", "http://10.0.0.7:50010", "oak0", 5)]
    [InlineData("""{"name":"a","port":8080,"host":"desk.local","subscriptions":[{"uri":{"path":"/left"}},{"uri":{"path":"/disparity","query":"service_name=garden"}}]}""", "http://desk.local:8080", "garden", 1)]
    [InlineData("""{"name":"garden","port":8080,"host":"desk.local","subscriptions":[{"uri":{"path":"/disparity"},"every_n":2}]}""", "http://desk.local:8080", "garden", 2)]
    public void It_names_receiver_rig_and_how_many_pairs(string json, string address, string rig, int every)
    {
        File.WriteAllText(file, json);
        var config = ServiceConfig.Read(file);
        Assert.Equal((address, rig, every), (config.Address, config.Rig, config.Every));
    }

    [Theory]
    [InlineData("{", "is not the JSON of a service")]
    [InlineData("{}", "names no host and port")]
    [InlineData("""{"host":"a","port":80,"subscriptions":[]}""", "has no subscription to /disparity")]
    [InlineData("""{"host":"a","port":80,"subscriptions":[{"uri":{"path":"/disparity"}}]}""", "names no rig")]
    [InlineData("""{"host":"a","port":123456,"subscriptions":[]}""", "names no host and port")]
    public void Another_file_is_refused_with_an_example(string json, string why)
    {
        File.WriteAllText(file, json);
        var refused = Assert.Throws<InvalidDataException>(() => ServiceConfig.Read(file));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.Contains("\"every_n\": 5", refused.Message, StringComparison.Ordinal);
    }
}
