using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands.Capture;

/// <summary>Takes pictures off a source and keeps those that are wanted.</summary>
internal sealed class CaptureRun(ICaptureSource source, CaptureOptions options, CaptureTerminal terminal, TimeProvider time, CaptureWindow? window = null)
{
    /// <summary>A calibration needs about so many views, also where few cover everything.</summary>
    private const int FewestPairs = 15;

    /// <summary>So many different views are enough whatever they cover (camera_calibration's figure): far apart, two eyes never see a board at both edges.</summary>
    private const int EnoughPairs = 40;

    private readonly PictureFolder folder = new(options.Folder);
    private readonly PairChooser? chooser = options.Board is { } board ? new PairChooser(board) { MustBeStill = source.IsLive } : null;
    private readonly CapturePreview preview = new(options.Folder, time, window);
    private readonly Dictionary<PairVerdict, long> passed = [];
    private long started = time.GetTimestamp();

    public long Seen { get; private set; }

    public int Kept { get; private set; }

    /// <summary>Pairs of which a picture could not be decoded.</summary>
    public long Unreadable { get; private set; }

    public CoverageProgress? Progress => chooser?.Coverage.Progress;

    /// <summary>Pairs that were not kept, by reason.</summary>
    public long Passed(PairVerdict verdict) => passed.GetValueOrDefault(verdict);

    /// <summary>Runs until there is enough, or the source ends, or somebody ends it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var pictures in source.PicturesAsync(cancellationToken))
            {
                Seen++;
                await TakeAsync(pictures);
                if (IsEnough() || terminal.WantsToEnd)
                    break;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is how a capture without an end is ended.
        }
        terminal.End();
    }

    private async Task TakeAsync(CapturedPictures pictures)
    {
        var asked = terminal.AskedForOne() || options.Every is { } every && time.GetElapsedTime(started) >= every;
        if (options.Board is not { } board)
        {
            if (options.Every is null || asked)
                Keep(pictures);
            return;
        }
        if (pictures.Right is null)
            throw new InvalidDataException($"{pictures.Name} is one camera; a board is captured with both eyes of a rig: receiver capture rig:NAME --board {board.Columns}x{board.Rows}.");

        using var pair = await TryLookAsync(pictures, board);
        if (pair is null)
            return;
        var verdict = chooser!.Look(pair.Left, pair.Right, asked, onlyAskedFor: options.Every is not null);
        if (verdict == PairVerdict.Take)
            Keep(pictures);
        else
            passed[verdict] = Passed(verdict) + 1;
        preview.Show(pair, chooser.Coverage.Progress, kept: verdict == PairVerdict.Take);
        terminal.Tell(Kept, chooser.Coverage.Progress, verdict, verdict == PairVerdict.NotFound ? pair.WhyNot : null);
    }

    // One damaged picture is no reason to lose the others.
    private async Task<LookedAt?> TryLookAsync(CapturedPictures pictures, ChessBoard board)
    {
        try
        {
            return await LookedAt.AtAsync(pictures, board, quick: source.IsLive);
        }
        catch (InvalidDataException e)
        {
            Unreadable++;
            terminal.Warn($"{e.Message} The pair is left out.");
            return null;
        }
    }

    private void Keep(CapturedPictures pictures)
    {
        folder.Keep(pictures);
        terminal.Kept();
        Kept++;
        started = time.GetTimestamp();
    }

    private bool IsEnough() => options.Pairs is { } pairs ? Kept >= pairs : Progress is { } progress && (Kept >= EnoughPairs || Kept >= FewestPairs && progress.IsComplete);
}
