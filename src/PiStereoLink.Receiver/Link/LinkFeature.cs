using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace PiStereoLink.Receiver.Link;

public static class LinkFeature
{
    public static void AddLink(this IServiceCollection services, FramePortOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<LegacyNames>();
        services.AddSingleton<IMemoryPoolFactory<byte>, ReadBlocks>();
    }

    /// <summary>The frame port, on the same server as the pages.</summary>
    public static void ListenForFrames(this KestrelServerOptions kestrel, FramePortOptions options) =>
        kestrel.Listen(options.Listen, listen =>
        {
            options.BoundBy(listen);
            listen.UseConnectionHandler<FrameConnectionHandler>();
        });
}
