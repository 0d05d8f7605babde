namespace PiStereoLink.Receiver.Link;

public static class LinkFeature
{
    /// <summary>The frame port. Register it behind the store, so that it stops first.</summary>
    public static void AddLink(this IServiceCollection services, FramePortOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<LegacyNames>();
        services.AddSingleton(new FrameBudget(options.Limits.FrameMegabytes * 1024L * 1024));
        services.AddSingleton<FrameConnectionHandler>();
        services.AddHostedService<FramePort>();
    }
}
