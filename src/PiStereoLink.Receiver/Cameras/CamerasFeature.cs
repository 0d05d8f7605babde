namespace PiStereoLink.Receiver.Cameras;

public static class CamerasFeature
{
    /// <param name="services">The receiver's.</param>
    /// <param name="keptMegabytes">What the pictures of unencrypted cameras may take that nobody looks at.</param>
    public static void AddCameras(this IServiceCollection services, int keptMegabytes)
    {
        services.AddSingleton(new KeptPictures(keptMegabytes * 1024L * 1024));
        services.AddSingleton<CameraDirectory>();
    }
}
