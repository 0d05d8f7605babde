using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace PiStereoLink.Agent;

/// <summary>
/// Tells systemd that the agent is up, stopping, and alive: sd_notify is a datagram to the socket that NOTIFY_SOCKET names. Alive means
/// that pictures come or a camera is being started again, not that a timer fires: an agent that hangs is restarted.
/// </summary>
internal sealed class ServiceManager(Tally tally, TimeProvider time) : BackgroundService
{
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
        for (var told = -1L; await pace.WaitForNextTickAsync(stoppingToken);)
        {
            var progress = tally.Captured + tally.CameraStarts;
            if (progress != told)
                Tell("WATCHDOG=1");
            told = progress;
        }
    }

    private void Tell(string state)
    {
        try
        {
            socket?.Send(Encoding.ASCII.GetBytes(state));
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
        builder.Services.AddHostedService<ServiceManager>();
        return builder;
    }
}
