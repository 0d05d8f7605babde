namespace PiStereoLink.Receiver.Store;

public static class StoreFeature
{
    /// <summary>Keeps every frame under <paramref name="directory"/>; null keeps none.</summary>
    public static void AddStore(this IServiceCollection services, string? directory)
    {
        if (directory is null)
            return;
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<FrameStore>(provider, Path.GetFullPath(directory)));
        services.AddHostedService(provider => provider.GetRequiredService<FrameStore>());
    }
}
