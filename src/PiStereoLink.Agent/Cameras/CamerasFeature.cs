using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>Makes the cameras that the options name.</summary>
public sealed class CameraSet(IOptions<AgentOptions> options, Tally tally, ReceiverClock receiver, TimeProvider time, ILogger<UsbCamera> usbLogger, ILogger<ProgramCamera> logger)
{
    private readonly AgentOptions options = options.Value;

    private bool IsTimelapse => options.Mode == AgentOptions.TimelapseMode;

    /// <summary>Looks whether every camera has its program, and it every setting: what is missing at the start is said at once, and is no case for waiting.</summary>
    /// <exception cref="CameraException">A program is missing, or a setting that it does not have.</exception>
    public void Check()
    {
        foreach (var (spec, _) in CameraSpec.Named(options.Cameras))
        {
            if (spec.Device is { } usb)
                UsbSettings.Check(usb, options.Pictures, IsTimelapse ? PictureSettings.Still : PictureSettings.Video);
            else
                _ = (IsTimelapse ? CameraProgram.ForStills(spec) : CameraProgram.For(spec)).Controls(options.Pictures);
        }
    }

    public IReadOnlyList<ICamera> Make(StateFolder state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return [.. CameraSpec.Named(options.Cameras).Select(camera => Make(camera.Spec, new CameraName(options.NodeName, camera.Name)))];

        ICamera Make(CameraSpec spec, CameraName name)
        {
            var stamper = new FrameStamper(name, state.InstallId, state.Run, IsTimelapse ? TimelapseCamera.Settle : options.FramePeriod, time, receiver);
            return (spec.Device, IsTimelapse) switch
            {
                ({ } usb, true) => new UsbTimelapseCamera(usb, options.Pictures, Grid(), stamper, tally, time),
                ({ } usb, false) => new UsbCamera(usb, options.Pictures, stamper, tally, time, usbLogger),
                (null, true) => new TimelapseCamera(spec, options.Pictures, Grid(), stamper, tally, time),
                (null, false) => new ProgramCamera(spec, options.Pictures, stamper, tally, time, logger),
            };
        }

        ShotGrid Grid() => new(time, TimeSpan.FromSeconds(options.Interval), options.Aligned);
    }
}

internal static class CamerasFeature
{
    public static HostApplicationBuilder AddCameras(this HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CameraSet>();
        builder.Services.AddSingleton<Supervisor>();
        return builder;
    }
}
