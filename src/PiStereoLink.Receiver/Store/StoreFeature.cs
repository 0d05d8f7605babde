namespace PiStereoLink.Receiver.Store;

public static class StoreFeature
{
    /// <summary>Keeps every frame under <paramref name="directory"/>; null keeps none.</summary>
    /// <param name="services">The receiver's.</param>
    /// <param name="directory">The store.</param>
    /// <param name="nodeMegabytes">What one node may take of it, in MB; 0 is no limit.</param>
    public static void AddStore(this IServiceCollection services, string? directory, int nodeMegabytes = 0)
    {
        if (directory is null)
            return;
        if (nodeMegabytes > 0)
            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<NodeQuota>(provider, Path.GetFullPath(directory), nodeMegabytes * 1024L * 1024));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<FrameStore>(provider, Path.GetFullPath(directory)));
        services.AddHostedService(provider => provider.GetRequiredService<FrameStore>());
    }
}
