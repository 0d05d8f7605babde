using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PiStereoLink.Receiver.Commands;
using PiStereoLink.Receiver.Remote;
using PiStereoLink.Receiver.Sources;
using PiStereoLink.Receiver.Web;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.View;

/// <summary>What a window shows, and where it comes from.</summary>
/// <param name="Name">For the title.</param>
/// <param name="Calibration">Null: the pictures are taken as rectified.</param>
/// <param name="Pairs">As they come.</param>
internal sealed record ViewSource(string Name, StereoCalibration? Calibration, IAsyncEnumerable<ViewedPair> Pairs)
{
    /// <summary>A film of no length would begin again without end.</summary>
    private static readonly TimeSpan BeforeAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>A source of this machine, with a calibration behind it as a rig has it.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ViewSource OfThisMachine(string text, CancellationToken cancellationToken)
    {
        var (source, calibration) = LocalSource.Parse(text, "view");
        return new(text, InputFile.Calibration(calibration), LocalAsync(source, cancellationToken));
    }

    /// <summary>A rig of a running receiver.</summary>
    /// <exception cref="IOException">The receiver cannot be reached, or has no such rig.</exception>
    public static ViewSource OfRig(string name, string address, CancellationToken cancellationToken)
    {
        using var receiver = new RemoteReceiver(address);
        return new(name, receiver.CalibrationAsync(name, cancellationToken).GetAwaiter().GetResult(), RemoteAsync(address, name, cancellationToken));
    }

    /// <summary>Passes the pairs on until the token ends it.</summary>
    /// <exception cref="IOException">They do not come, or no more.</exception>
    public async Task FetchAsync(ChannelWriter<ViewedPair> newest, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var pair in Pairs.ConfigureAwait(false))
                newest.TryWrite(pair);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && cancellationToken.IsCancellationRequested)
        {
            // The window was closed.
        }
        finally
        {
            newest.TryComplete();
        }
    }

    /// <summary>A film or a replay that is over begins again: the sliders want to be tried.</summary>
    private static async IAsyncEnumerable<ViewedPair> LocalAsync(SourceSpec source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var any = true; any; await Task.Delay(BeforeAgain, cancellationToken).ConfigureAwait(false))
        {
            any = false;
            await foreach (var pair in LocalSource.PairsAsync(source, cancellationToken).ConfigureAwait(false))
                using (pair)
                {
                    any = true;
                    yield return new ViewedPair(RemoteDisparity.NameOf(CaptureTime.Text(pair.CapturedAt)), pair.Left.Bytes.ToArray(), pair.Right.Bytes.ToArray());
                }
        }
        throw new IOException("The source gives no pair of pictures: do both eyes send?");
    }

    private static async IAsyncEnumerable<ViewedPair> RemoteAsync(string address, string rig, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var receiver = new RemoteReceiver(address);
        await foreach (var disparity in receiver.SubscribeAsync(rig, every: 1, DisparitySubscription.Taken, cancellationToken).ConfigureAwait(false))
            yield return new ViewedPair(disparity.FileName, disparity.Pictures[0], disparity.Pictures[1]);
        throw new IOException("The receiver has ended the subscription. It stops, or was restarted: try again.");
    }
}
