using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PiStereoLink.Agent;

/// <summary>Ties each camera to its link. At the end the cameras stop first, then what is queued is sent, then the links say goodbye.</summary>
public sealed partial class AgentService(
    IOptions<AgentOptions> options, Lazy<StateFolder> state, CameraSet cameras, LinkFactory links, Supervisor supervisor,
    CaptureLed led, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<AgentService> logger) : BackgroundService
{
    private readonly AgentOptions options = options.Value;

    /// <summary>What can be wrong at the start ends the agent at once, before it touches a camera or the network.</summary>
    /// <exception cref="CameraException">A camera program is missing.</exception>
    /// <exception cref="StateException">The state folder cannot be used.</exception>
    public void Prepare()
    {
        cameras.Check();
        _ = state.Value;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var giveUp = new CancellationTokenSource();
        using var signals = new StopSignals(lifetime, giveUp);
        using var seconds = StopAfter(options.Seconds);
        Log.Started(logger, options.NodeName, state.Value.Run, options.Cameras.Count, $"{options.Receiver} ({(options.Pairing is null ? "unencrypted" : "TLS")})");

        var pairs = cameras.Make(state.Value).Select(camera => (Camera: led.Watch(camera), Link: links.For(camera.Name))).ToArray();
        var left = links.ForLeftBehind(pairs.Select(pair => pair.Camera.Name));
        Task[] sending = [.. pairs.Select(pair => pair.Link).Concat(left).Select(link => SendAsync(link, giveUp.Token))];
        await Task.WhenAll(Array.ConvertAll(pairs, pair => supervisor.RunAsync(pair.Camera, pair.Link.Frames, stoppingToken)));

        led.Restore();
        Log.Stopping(logger, options.Drain);
        foreach (var (_, link) in pairs)
            link.Frames.TryComplete();
        using var drain = time.CreateTimer(_ => giveUp.Cancel(), null, TimeSpan.FromSeconds(options.Drain), Timeout.InfiniteTimeSpan);
        await Task.WhenAll(sending);
    }

    /// <summary>A link that fails in a way nobody foresaw ends the agent, so that its service starts it again: nobody shall film for nothing.</summary>
    private async Task SendAsync(Link link, CancellationToken giveUp)
    {
        try
        {
            await link.RunAsync(giveUp);
        }
        catch (Exception e)
        {
            Log.LinkFailed(logger, e);
            lifetime.StopApplication();
            throw;
        }
    }

    private ITimer? StopAfter(double? seconds) => seconds is null ? null
        : time.CreateTimer(_ => lifetime.StopApplication(), null, TimeSpan.FromSeconds(seconds.Value), Timeout.InfiniteTimeSpan);

    /// <summary>The first signal stops the agent in order, a second one ends the draining. A closed terminal is a signal too.</summary>
    private sealed class StopSignals : IDisposable
    {
        private readonly PosixSignalRegistration[] registrations;

        public StopSignals(IHostApplicationLifetime lifetime, CancellationTokenSource giveUp) =>
            registrations = Array.ConvertAll<PosixSignal, PosixSignalRegistration>(
                [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP], signal => PosixSignalRegistration.Create(signal, context =>
                {
                    context.Cancel = true;
                    if (lifetime.ApplicationStopping.IsCancellationRequested)
                        giveUp.Cancel();
                    else
                        lifetime.StopApplication();
                }));

        public void Dispose() => Array.ForEach(registrations, registration => registration.Dispose());
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Node {Node}, run {Run}: {Cameras} camera(s) to {Receiver}.")]
        public static partial void Started(ILogger logger, string node, uint run, int cameras, string receiver);

        [LoggerMessage(2, LogLevel.Information, "Stopping: the cameras are off. What is queued is sent for up to {Seconds} s; another Ctrl-C ends that.")]
        public static partial void Stopping(ILogger logger, double seconds);

        [LoggerMessage(3, LogLevel.Critical, "The link to the receiver failed in a way nobody foresaw, and the agent ends.")]
        public static partial void LinkFailed(ILogger logger, Exception exception);
    }
}
