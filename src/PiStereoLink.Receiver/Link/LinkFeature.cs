using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using PiStereoLink.Receiver.Trust;

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
    public static void ListenForFrames(this KestrelServerOptions kestrel, FramePortOptions options)
    {
        if (options.IsOff)
            return;
        kestrel.Listen(options.Listen, listen =>
        {
            options.BoundBy(listen);
            listen.Use(next => connection => kestrel.ApplicationServices.GetRequiredService<PlainPeers>().Admits(connection.RemoteEndPoint) ? next(connection) : Task.CompletedTask);
            listen.UseConnectionHandler<FrameConnectionHandler>();
        });
    }
}
