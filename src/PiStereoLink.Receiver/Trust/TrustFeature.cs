namespace PiStereoLink.Receiver.Trust;

public static class TrustFeature
{
    public static void AddTrust(this IServiceCollection services, TrustOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(new PairedNodes(options.StateFolder));
        services.AddSingleton(provider => new Invitations(options.StateFolder, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<JoinDesk>();
        services.AddSingleton<PeerNames>();
        services.AddSingleton<TlsDoor>();
        services.AddSingleton<OpenPeers>();
        services.AddHostedService(provider => provider.GetRequiredService<OpenPeers>());
    }
}
