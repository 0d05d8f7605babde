using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Commands.Calibrate;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Sources;

/// <summary>A picture in its place of a replay.</summary>
/// <param name="Number">Of its pair where names tell the pairs; else its own.</param>
/// <param name="At">When it is shown, from the start.</param>
public sealed record ReplayStep(StereoEye Eye, ulong Number, string File, TimeSpan At);

/// <summary>What a replay shows, and in which order. Pictures of the store keep the times between them; of others the numbers in their names tell the pairs, so many a second.</summary>
/// <param name="IsTimed">True: times tell which belong together; else the numbers of the steps.</param>
/// <param name="Alone">Pictures whose partner is missing, and why they are left out.</param>
public sealed record ReplayPlan(IReadOnlyList<ReplayStep> Steps, bool IsTimed, IReadOnlyList<string> Alone)
{
    private const double UsualFps = 10;

    /// <exception cref="IOException">A folder or pictures are missing.</exception>
    /// <exception cref="InvalidDataException">Nothing tells which pictures belong together.</exception>
    public static ReplayPlan Of(SourceSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var (left, right) = ReplayFolder.Read(spec.Addresses);
        if (spec.Options.Swap)
            (left, right) = (right, left);
        return left.Concat(right).All(picture => picture.CapturedAt is not null) ? ByTime(left, right, spec.Options.Fps) : ByName(left, right, spec.Options.Fps ?? UsualFps);
    }

    /// <summary>A file's bytes; a picture of another kind, or what is cut from one, as a JPEG.</summary>
    /// <exception cref="InvalidDataException">The picture cannot be read.</exception>
    public static FrameBuffer Jpeg(string file, byte[] bytes, (int, int)? crop)
    {
        if (crop is null && bytes is [0xFF, 0xD8, ..])
            return Buffer(bytes);
        using var pixels = EncodedPicture.DecodeColour(bytes, file);
        return SourcePicture.Encode(pixels, crop).Jpeg;
    }

    /// <summary>Bytes as they are.</summary>
    public static FrameBuffer Buffer(byte[] bytes)
    {
        var buffer = FrameBuffer.Rent(bytes.Length);
        buffer.Append(bytes);
        return buffer;
    }

    private static ReplayPlan ByName(IReadOnlyList<ReplayPicture> left, IReadOnlyList<ReplayPicture> right, double fps)
    {
        var found = PairFiles.Match([.. left.Select(picture => picture.File)], [.. right.Select(picture => picture.File)]);
        return new(
            [
                .. found.Pairs.SelectMany((pair, i) => new[]
                {
                    new ReplayStep(StereoEye.Left, (ulong)i + 1, pair.Left, TimeSpan.FromSeconds(i / fps)), new ReplayStep(StereoEye.Right, (ulong)i + 1, pair.Right, TimeSpan.FromSeconds(i / fps)),
                }),
            ],
            IsTimed: false, [.. found.Alone.Select(alone => $"{alone.Pair} is left out: {alone.Reason}.")]);
    }

    /// <summary>With +fps the times are stretched so that the left eye has this rate: a night of a picture a minute is over in seconds.</summary>
    private static ReplayPlan ByTime(IReadOnlyList<ReplayPicture> left, IReadOnlyList<ReplayPicture> right, double? fps)
    {
        var all = left.Select(picture => (Eye: StereoEye.Left, picture)).Concat(right.Select(picture => (Eye: StereoEye.Right, picture))).OrderBy(shown => shown.picture.CapturedAt).ToList();
        var first = all[0].picture.CapturedAt!.Value;
        var stretch = fps is { } rate && MedianGap(left) is var gap && gap > TimeSpan.Zero ? 1 / rate / gap.TotalSeconds : 1;
        return new([.. all.Select((shown, i) => new ReplayStep(shown.Eye, (ulong)i, shown.picture.File, (shown.picture.CapturedAt!.Value - first) * stretch))], IsTimed: true, []);
    }

    private static TimeSpan MedianGap(IReadOnlyList<ReplayPicture> pictures)
    {
        var gaps = pictures.Zip(pictures.Skip(1), (one, next) => next.CapturedAt!.Value - one.CapturedAt!.Value).Order().ToList();
        return gaps.Count == 0 ? TimeSpan.Zero : gaps[gaps.Count / 2];
    }
}
