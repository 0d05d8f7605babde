using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// Tells while the agent runs what became of its frames: into <c>status.json</c> in the state folder, for scripts and <c>agent doctor</c>, and
/// in a line to systemd, for <c>systemctl status</c>. The file is whole at any time, and not synced: it is worth nothing after a power cut.
/// </summary>
internal sealed partial class StatusReport(
    Tally tally, ReceiverClock receiver, Lazy<StateFolder> state, ServiceManager systemd, IOptions<AgentOptions> options, TimeProvider time, ILogger<StatusReport> logger)
    : BackgroundService
{
    public const string FileName = "status.json";

    private readonly long started = time.GetTimestamp();
    private bool told;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Report();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.Report), time);
        Write(tally.Now, receiver.Now);         // what an earlier run left is old from here on
        while (await pace.WaitForNextTickAsync(stoppingToken))
            Report();
    }

    private void Report()
    {
        var (accounting, clock) = (tally.Now, receiver.Now);
        Write(accounting, clock);
        systemd.Tell($"STATUS={accounting}; {(clock is { Source: ClockSource.Receiver, ErrorMicroseconds: { } error }
            ? FormattableString.Invariant($"on the receiver's clock within {error / 1e3:0.0} ms") : "the receiver's clock is not known")}");
    }

    private void Write(Accounting accounting, ClockState clock)
    {
        var path = Path.Combine(state.Value.Path, FileName);
        try
        {
            File.WriteAllBytes(path + ".part", ToJson(accounting, clock));
            File.Move(path + ".part", path, overwrite: true);
            told = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!told)
                Log.NotWritten(logger, path, e.Message);
            told = true;
        }
    }

    private byte[] ToJson(Accounting accounting, ClockState clock)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("at"u8, time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null));
            json.WriteNumber("run"u8, state.Value.Run);
            json.WriteNumber("uptimeSeconds"u8, Math.Round(time.GetElapsedTime(started).TotalSeconds, 3));
            accounting.Write(json);
            json.WriteStartObject("clock"u8);
            json.WriteString("source"u8, clock.Source == ClockSource.Receiver ? "receiver" : "none");
            if (clock is { OffsetMicroseconds: { } offset, ErrorMicroseconds: { } error })
            {
                json.WriteNumber("offsetMs"u8, offset / 1e3);
                json.WriteNumber("errorMs"u8, error / 1e3);
            }
            json.WriteEndObject();
            json.WriteNumber("spoolBytesWritten"u8, tally.SpoolBytesWritten);
            json.WriteNumber("spoolFilesWritten"u8, tally.SpoolFilesWritten);
            json.WriteEndObject();
        }
        return text.ToArray();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The status file {File} cannot be written: {Message} The agent goes on without it.")]
        public static partial void NotWritten(ILogger logger, string file, string message);
    }
}
