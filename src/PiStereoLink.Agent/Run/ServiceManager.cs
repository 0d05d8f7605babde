using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace PiStereoLink.Agent;

/// <summary>
/// Tells systemd that the agent is up, stopping, and alive: sd_notify is a datagram to the socket that NOTIFY_SOCKET names. Alive means
/// that pictures come or a camera is being started again as often as the settings let expect, not that a timer fires: an agent that hangs
/// is restarted, one that waits for the next hour's picture is not.
/// </summary>
internal sealed class ServiceManager(Tally tally, IOptions<AgentOptions> options, TimeProvider time) : BackgroundService
{
    /// <summary>A camera that has stalled is stopped and started again within so much: stopping it, and the longest pause.</summary>
    private static readonly TimeSpan Restart = TimeSpan.FromSeconds(30);

    /// <summary>A program that has to find gain or white balance may take an exposure that is set several times.</summary>
    private const int ExposuresOfOnePicture = 4;

    private readonly Socket? socket = Connect(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        Tell("STOPPING=1");
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        socket?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Tell("READY=1");
        if (socket is null || WatchdogPeriod(Environment.GetEnvironmentVariable("WATCHDOG_USEC")) is not { } period)
            return;
        using var pace = new PeriodicTimer(period / 4, time);
        var (seen, since, allowed) = (-1L, time.GetTimestamp(), LongestSilence(options.Value));
        while (await pace.WaitForNextTickAsync(stoppingToken))
        {
            var progress = tally.Captured + tally.CameraStarts;
            if (progress != seen)
                (seen, since) = (progress, time.GetTimestamp());
            if (time.GetElapsedTime(since) < allowed)
                Tell("WATCHDOG=1");
        }
    }

    /// <summary>How long an agent that is in order may be without a picture and without a start of its camera.</summary>
    internal static TimeSpan LongestSilence(AgentOptions options)
    {
        var interval = options.Mode == AgentOptions.TimelapseMode ? TimeSpan.FromSeconds(options.Interval) : options.FramePeriod;
        return StallLimit.Of(ExposuresOfOnePicture * StallLimit.Exposure(options.Pictures.ShutterMicroseconds, null), interval) + StallLimit.StartUp + options.Pictures.SyncTime + Restart;
    }

    internal void Tell(string state)
    {
        try
        {
            socket?.Send(Encoding.UTF8.GetBytes(state));
        }
        catch (SocketException)
        {
            // A manager that does not listen is no reason to stop taking pictures.
        }
    }

    private static Socket? Connect(string? path)
    {
        if (string.IsNullOrEmpty(path))
            return null;
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            // A leading @ stands for Linux's abstract sockets.
            socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? "\0" + path[1..] : path));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    private static TimeSpan? WatchdogPeriod(string? microseconds) =>
        long.TryParse(microseconds, CultureInfo.InvariantCulture, out var number) && number > 0 ? TimeSpan.FromMicroseconds(number) : null;
}

internal static class ServiceFeature
{
    public static HostApplicationBuilder AddServiceManager(this HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ServiceManager>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ServiceManager>());
        return builder;
    }
}
