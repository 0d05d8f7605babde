namespace PiStereoLink.Agent;

/// <summary>A camera program that films: each run of it is a stream of its own, whose pictures are passed on with their times.</summary>
internal sealed class Film(RecordOptions options, TimeProvider time)
{
    private const string ModelFile = "/proc/device-tree/model";

    private readonly IFilmFormat format = options.Encoding is { } h264 ? new H264Film(h264) : new RawFilm();
    private readonly Board board = Board.Read(ModelFile);
    private readonly TimeSpan framePeriod = TimeSpan.FromSeconds(1 / options.Pictures.Framerate);

    // Found out once: programs before September 2022.
    private bool hasNoMetadata;

    /// <summary>How the bytes of each picture lie where nothing is encoded; null where it is.</summary>
    /// <exception cref="CameraException">There is no program for it.</exception>
    public RawGeometry? Geometry => options.Encoding is null ? RawFilm.Geometry(Program(), board, options.Pictures) : null;

    /// <summary>Its luminance goes from 0 to 255, not from 16 to 235.</summary>
    /// <inheritdoc cref="Geometry" path="/exception"/>
    public bool HasFullRange => RawFilm.HasFullRange(Program());

    /// <summary>Looks whether the camera and its encoder can do what is asked for.</summary>
    /// <exception cref="CameraException">They cannot; the message says what they can.</exception>
    public async Task CheckAsync(CancellationToken stopping)
    {
        var program = Program();
        if (format.Problem(program, board, options.Pictures) is { } tooMuch)
            throw new CameraException(tooMuch) { Trouble = CameraTrouble.Setting };
        if (program.Dialect == CameraDialect.Raspi || !FramerateLimit.MayBeTooMuch(options.Pictures))
            return;
        var index = await CameraList.IndexAsync(options.Camera, program, time, stopping);
        var camera = (await CameraList.ReadAsync(program, time, stopping)).FirstOrDefault(listed => listed.Index == index);
        if (camera is not null && FramerateLimit.Problem(camera, options.Pictures) is { } problem)
            throw new CameraException(problem) { Trouble = CameraTrouble.Setting };
    }

    /// <summary>Films until stopped, then returns.</summary>
    /// <param name="pictures">Gets each picture.</param>
    /// <param name="stopping">Stops the program; what it still has to say comes first.</param>
    /// <exception cref="CameraException">The camera could not go on.</exception>
    public async Task RunAsync(Action<FilmedPicture> pictures, CancellationToken stopping)
    {
        var lacked = hasNoMetadata;
        var failure = await RunOnceAsync(pictures, stopping);
        if (failure is not null && hasNoMetadata != lacked)
            failure = await RunOnceAsync(pictures, stopping);
        if (failure is not null)
            throw failure;
    }

    private async Task<CameraException?> RunOnceAsync(Action<FilmedPicture> pictures, CancellationToken stopping)
    {
        var program = Program();
        var index = await CameraList.IndexAsync(options.Camera, program, time, stopping);
        using var stdout = format.NamesStdout(program, board) ? new NamedStdout() : null;
        await using var process = CameraProcess.Start(program, program.WritesMetadata && !hasNoMetadata,
            metadata => format.Arguments(program, board, index, options.Pictures, stdout?.Path ?? "-", metadata), StderrTail.LinesUsual, time);
        using var onStop = stopping.Register(() => process.StopAsync());

        var (taken, stalledFor) = await Task.Factory.StartNew(() => Read(process, format.Splitter(program, board, options.Pictures), pictures), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (stopping.IsCancellationRequested)
            return null;
        if (stalledFor is { } limit)
            return Stalled(process, limit, taken);
        var exitCode = await process.EndAsync();
        hasNoMetadata |= CameraFault.UnknownOption(process.Errors.Lines) == "--metadata";
        return process.Failure(exitCode, taken);
    }

    /// <summary>Passes pictures on until the program's stdout ends; returns how many, and for how long none came where that is why it ended.</summary>
    private (long Taken, TimeSpan? StalledFor) Read(CameraProcess process, IFilmSplitter splitter, Action<FilmedPicture> pictures)
    {
        var metadata = process.Metadata is { } pipe ? new MetadataPairing(pipe, framePeriod, time) : null;
        var stall = new StallClock(framePeriod, options.Pictures.ShutterMicroseconds, time, options.Pictures.SyncTime);
        var (clock, taken) = (new FilmClock(time, framePeriod), 0L);
        try
        {
            while (process.Pictures.Read(splitter.Free, stall.Left) is { } count)
            {
                splitter.Advance(count);
                while (splitter.TryRead(out var unit))
                    PassOn(unit);
                if (count > 0)
                    continue;
                // Nobody knows whether the last picture of a program that broke off is whole.
                if (splitter.Last(inOrder: process.EndAsync().GetAwaiter().GetResult() == 0) is { } last)
                    PassOn(last);
                return (taken, null);
            }
        }
        catch (Exception e) when (e is RecordingException or CameraException)
        {
            // The program writes until it has ended: somebody must read.
            _ = process.StopAsync();
            while (process.Pictures.Read(splitter.Free, TimeSpan.MaxValue) > 0)
            {
            }
            throw;
        }
        return (taken, stall.Limit);

        void PassOn(AccessUnit unit)
        {
            var told = metadata?.For(taken);
            stall.PictureCame(told);
            taken++;
            var (utc, at) = clock.Of(told);
            pictures(new FilmedPicture(unit.Bytes, unit.IsKey, utc, at));
        }
    }

    private static CameraException Stalled(CameraProcess process, TimeSpan limit, long taken) => new(
        $"The camera stalled: no picture for {limit.TotalSeconds:0} s, after {taken}; its program was stopped. " +
        (process.Errors.Lines.Count == 0 ? "It said nothing." : $"It said: {process.Errors.Lines[^1]}"))
    { Trouble = CameraTrouble.Stalled };

    private CameraProgram Program() => CameraProgram.For(options.Camera).Filming(options.Pictures);
}
