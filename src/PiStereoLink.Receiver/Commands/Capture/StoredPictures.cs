using System.Runtime.CompilerServices;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Pairing;
using PiStereoLink.Receiver.Sources;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands.Capture;

/// <summary>The pairs of a replay, one after the other without its times, and byte for byte: nothing comes before the last one was looked at.</summary>
internal sealed class StoredPictures : ICaptureSource
{
    private readonly ReplayPlan plan;
    private readonly (int, int)? crop;

    /// <exception cref="IOException">There are no pairs.</exception>
    /// <exception cref="InvalidDataException">Nothing tells which pictures belong together.</exception>
    public StoredPictures(SourceSpec source)
    {
        (plan, crop) = (ReplayPlan.Of(source), source.Options.Crop);
        foreach (var alone in plan.Alone)
            Console.Error.WriteLine(alone);
    }

    public bool IsLive => false;

    public async IAsyncEnumerable<CapturedPictures> PicturesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = plan.Steps.ToDictionary(step => (step.Eye, step.Number), step => step.File);
        using var matcher = new PairMatcher(TimeProvider.System, byTurn: !plan.IsTimed);
        foreach (var step in plan.Steps)
        {
            var bytes = await File.ReadAllBytesAsync(step.File, cancellationToken);
            var buffer = crop is null ? ReplayPlan.Buffer(bytes) : ReplayPlan.Jpeg(step.File, bytes, crop);
            var frame = new Frame(new CameraName("here", step.Eye == StereoEye.Left ? "left" : "right"), new FrameIdentity(0, 0, step.Number), DateTime.UnixEpoch + step.At, stamp: null, buffer);
            using var pair = matcher.Offer(step.Eye == StereoEye.Left ? Eye.Left : Eye.Right, frame);
            if (pair is not null)
                yield return new CapturedPictures(pair.Left.Bytes, pair.Right.Bytes, $"{names[(StereoEye.Left, pair.Left.Identity.Sequence)]} and {names[(StereoEye.Right, pair.Right.Identity.Sequence)]}");
        }
    }
}
