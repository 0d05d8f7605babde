namespace PiStereoLink.Receiver.Cameras;

public static class CamerasFeature
{
    public static void AddCameras(this IServiceCollection services) => services.AddSingleton<CameraDirectory>();
}
