using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// Keeps the LED off while cameras run, if the settings say so, and then makes it as it was. A camera's start switches the LED on again
/// and so can its stumbling, so it is put off anew at each start and at the first picture. Pictures matter more: if the LED cannot be
/// switched, that is said once and the cameras go on.
/// </summary>
public sealed partial class CaptureLed(IOptions<AgentOptions> options, Leds leds, ILogger<CaptureLed> logger) : IDisposable
{
    private readonly bool wanted = options.Value.Led == LedSettings.Off;
    private readonly Lock switching = new();
    private ILed? led;              // under switching, as are the next two
    private Action? restore;
    private bool over;

    /// <summary>The same camera, with the LED kept off while it runs.</summary>
    public ICamera Watch(ICamera camera) => wanted ? new DarkCamera(camera, this) : camera;

    /// <summary>Makes the LED as it was before the first camera; later starts leave it alone.</summary>
    public void Restore()
    {
        lock (switching)
        {
            over = true;
            if (led is null)
                return;
            Try(restore ?? (() => { }));
            led.Dispose();
            led = null;
        }
    }

    public void Dispose() => Restore();

    private void PutOff()
    {
        lock (switching)
        {
            if (over)
                return;
            Try(() =>
            {
                led ??= leds.Find(LedSpec.Parse(options.Value.LedDevice)!);
                restore ??= led.Remember();
                led.Light(lit: false);
            });
        }
    }

    private void Try(Action act)
    {
        try
        {
            act();
        }
        catch (LedException e)
        {
            over = true;        // it would fail at every start
            Log.Failed(logger, e.Message);
        }
    }

    private sealed class DarkCamera(ICamera camera, CaptureLed led) : ICamera
    {
        public CameraName Name => camera.Name;

        public Task RunAsync(ChannelWriter<Frame> frames, CancellationToken stopping)
        {
            led.PutOff();
            return camera.RunAsync(new FirstPicture(frames, led.PutOff), stopping);
        }
    }

    /// <summary>Passes pictures on and says when the first one comes: then the camera has started.</summary>
    private sealed class FirstPicture(ChannelWriter<Frame> frames, Action came) : ChannelWriter<Frame>
    {
        private bool seen;

        public override bool TryWrite(Frame item)
        {
            if (!seen)
            {
                seen = true;
                came();
            }
            return frames.TryWrite(item);
        }

        public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) => frames.WaitToWriteAsync(cancellationToken);

        public override bool TryComplete(Exception? error = null) => frames.TryComplete(error);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The LED is not kept off: {Message}")]
        public static partial void Failed(ILogger logger, string message);
    }
}

internal static class LedFeature
{
    public static HostApplicationBuilder AddLed(this HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new LedPlaces());
        builder.Services.AddSingleton<Leds>();
        builder.Services.AddSingleton<CaptureLed>();
        return builder;
    }
}
