namespace PiStereoLink.Receiver.Pairing;

public static class PairingFeature
{
    public static void AddPairing(this IServiceCollection services, IReadOnlyList<RigSpec> rigs)
    {
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RigDirectory>(provider, rigs));
        services.AddHostedService<PairingService>();
    }
}
