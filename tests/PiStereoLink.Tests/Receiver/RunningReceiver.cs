using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PiStereoLink.Receiver;
using PiStereoLink.Receiver.Link;
using PiStereoLink.Receiver.Trust;
using PiStereoLink.Receiver.Web;

namespace PiStereoLink.Tests.Receiver;

/// <summary>The whole receiver on ports of its own, with its log at hand.</summary>
internal sealed class RunningReceiver : IAsyncDisposable, ILoggerProvider, ILogger
{
    private readonly WebApplication app;

    private RunningReceiver(ReceiverSettings settings)
    {
        app = ReceiverHost.Build(settings);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(this);
    }

    public ConcurrentQueue<string> LogLines { get; } = new();

    public FramePortOptions Link => app.Services.GetRequiredService<FramePortOptions>();

    public IPEndPoint FramePort => Link.Bound;

    public IPEndPoint? TlsPort => app.Services.GetRequiredService<TrustOptions>().Bound;

    public HttpClient Web { get; private set; } = null!;

    public static Task<RunningReceiver> StartAsync(string? store = null, params string[] rigs) => StartAsync(new ReceiverSettings { Store = store, Rigs = rigs });

    /// <summary>With settings of the test's own; the addresses are loopback's unless it gives some.</summary>
    public static async Task<RunningReceiver> StartAsync(ReceiverSettings settings)
    {
        var preset = new ReceiverSettings();
        settings.Listen = settings.Listen == preset.Listen ? "127.0.0.1:0" : settings.Listen;
        settings.Tls ??= "off";
        settings.Web = settings.Web == preset.Web ? "127.0.0.1:0" : settings.Web;
        var receiver = new RunningReceiver(settings);
        await receiver.app.StartReceiverAsync();
        receiver.Web = new HttpClient { BaseAddress = new Uri($"http://{receiver.app.Services.GetRequiredService<WebOptions>().Bound}") };
        return receiver;
    }

    /// <summary>A socket of a recipe sender; <paramref name="from"/> is the loopback address that it comes from.</summary>
    public async Task<Socket> ConnectAsync(string from = "127.0.0.1")
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(FramePort, TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Sends bytes, ends the sending side, and returns what came back until the receiver closed.</summary>
    public async Task<byte[]> ExchangeAsync(byte[] bytes, string from = "127.0.0.1")
    {
        using var socket = await ConnectAsync(from);
        await using var stream = new NetworkStream(socket);
        var back = new MemoryStream();
        try
        {
            await socket.SendAsync(bytes, TestContext.Current.CancellationToken);
            socket.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(back, TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // A refused stream may be reset while it is still being sent.
        }
        return back.ToArray();
    }

    public async Task<JsonElement> StatusAsync() =>
        JsonDocument.Parse(await Web.GetStringAsync("/api/status", TestContext.Current.CancellationToken)).RootElement;

    public async Task<JsonElement> CameraAsync(string name) =>
        (await StatusAsync()).GetProperty("cameras").EnumerateArray().Single(camera => camera.GetProperty("name").GetString() == name);

    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Web?.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => this;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        LogLines.Enqueue($"{logLevel}: {formatter(state, exception)}");

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    void IDisposable.Dispose()
    {
    }
}
