using System.Runtime.InteropServices;

namespace PiStereoLink.Agent;

/// <summary>Films until stopped. Where there are several files, a camera that fails is started again and the recording goes on in another one.</summary>
internal sealed class Recorder(RecordOptions options, TimeProvider time, Action<string> say)
{
    private const int SaveSignal = 10;      // SIGUSR1

    /// <summary>A camera that was busy for a moment is back soon; one that is plugged in again should not need longer than the longest.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>A camera that ran for a minute is in order: its next failure is a new one.</summary>
    private static readonly TimeSpan GoodRun = TimeSpan.FromMinutes(1);

    /// <summary>Below this part of the rate asked for, it is worth a word.</summary>
    private const double WorthAWord = 0.95;

    private bool GoesOn => options.Segment is not null || options.Circular is not null;

    public RecordCount Count { get; } = new();

    /// <summary>Runs until stopped, or for as long as asked for.</summary>
    /// <returns>Why it ended before that; null when it did not.</returns>
    /// <exception cref="CameraException">It could not begin.</exception>
    public async Task<string?> RunAsync(CancellationToken stopping)
    {
        if (options.Target.IsContainer && !VideoContainer.IsInstalled)
            throw new CameraException($"-o {options.Target.Given} needs ffmpeg, which is not installed: `sudo apt install ffmpeg`, or record to .h264.");
        var film = new Film(options, time);
        await film.CheckAsync(stopping);
        Count.Geometry = film.Geometry;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        string? failure = null;
        IRecording? recording = null;
        try
        {
            recording = Recording();
            if (Count.Geometry is { } geometry)
                say(RawNotice.Of(geometry, options, film.HasFullRange, options.Target.IsStdout ? null : new DriveInfo(options.Target.Folder).AvailableFreeSpace - options.MinFreeBytes));
            using var save = OnSignal(recording as CircularRecording);
            await FilmAsync(film, recording, end);
        }
        catch (Exception e) when (e is CameraException or RecordingException)
        {
            failure = e.Message;
        }
        try
        {
            await (recording?.EndAsync() ?? Task.CompletedTask);
        }
        catch (RecordingException e)
        {
            failure ??= e.Message;
        }
        TellOfSlowness();
        return failure;
    }

    private IRecording Recording()
    {
        if (options.Target.IsStdout)
            return new StdoutRecording();
        var files = new RecordFiles(options, Count, time, say);
        return options.Circular is { } limit ? new CircularRecording(new PictureRing(limit), files) : new FileRecording(options, files);
    }

    private async Task FilmAsync(Film film, IRecording recording, CancellationTokenSource end)
    {
        for (var pause = FirstPause; ;)
        {
            var started = time.GetTimestamp();
            try
            {
                await film.RunAsync(Add, end.Token);
                return;
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                return;
            }
            catch (CameraException e) when (GoesOn && Count.Frames > 0)
            {
                recording.Cut();
                Count.Cut();
                Count.Restarts++;
                pause = time.GetElapsedTime(started) >= GoodRun ? FirstPause : pause;
                say($"{e.Message} Starting it again in {pause.TotalSeconds} s; the recording goes on then.");
            }
            await Task.Delay(pause, time, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
        }

        void Add(FilmedPicture picture)
        {
            if (Count.Frames == 0 && options.Duration is { } duration)
                end.CancelAfter(duration);
            Count.Add(picture);
            recording.Add(picture);
        }
    }

    private PosixSignalRegistration? OnSignal(CircularRecording? circular) => circular is null ? null
        : PosixSignalRegistration.Create((PosixSignal)SaveSignal, context =>
        {
            context.Cancel = true;
            say(circular.Save() ? "Writing what is kept; the recording goes on." : "There is nothing to write yet.");
        });

    private void TellOfSlowness()
    {
        if (Count.Seconds >= 1 && Count.Framerate < WorthAWord * options.Pictures.Framerate)
            say($"The camera delivered {ProgramArguments.Text(Count.Framerate)} pictures a second, not {ProgramArguments.Text(options.Pictures.Framerate)}. " +
                "In little light exposures are longer: --shutter fixes them. `agent cameras` lists what the sensor's modes can do. A Pi that is too slow needs smaller pictures.");
    }
}
