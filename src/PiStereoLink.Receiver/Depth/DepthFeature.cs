namespace PiStereoLink.Receiver.Depth;

public static class DepthFeature
{
    public static void AddDepth(this IServiceCollection services) => services.AddHostedService<DepthService>();
}
