using PiStereoLink.Receiver.Cameras;
using PiStereoLink.Receiver.Pairing;

namespace PiStereoLink.Receiver.Sources;

/// <summary>Makes sources.</summary>
public static class SourcesFeature
{
    public static void AddSources(this IServiceCollection services, IReadOnlyList<RigSpec> rigs)
    {
        if (rigs.Any(rig => rig.Source is not null))
            services.AddHostedService(provider => ActivatorUtilities.CreateInstance<SourceService>(provider, rigs));
    }

    /// <summary>The source of a rig that has one; its frames carry the names of the rig's two cameras.</summary>
    /// <param name="cameras">Where streams from the network are, for a source that cuts one of them in two.</param>
    public static ISource Of(RigSpec rig, CameraDirectory cameras, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(rig);
        ArgumentNullException.ThrowIfNull(cameras);
        var spec = rig.Source ?? throw new ArgumentException("The rig's cameras are on the network.", nameof(rig));
        var eyes = new EyeWriter(new LocalCamera(rig.Left), new LocalCamera(rig.Right));
        return spec switch
        {
            { Stream: { } stream } => new StreamHalves(spec, eyes, cameras[stream]),
            { Kind: SourceKind.Elp } => new TwoDevices(spec, eyes, time, logger),
            { Kind: SourceKind.Replay } => new Replay(spec, eyes, time, logger),
            { Kind: SourceKind.Simulated } => new SimulatedSource(spec, eyes, time),
            _ => new OneDevice(spec, eyes, time, logger),
        };
    }
}
