using System.Threading.Channels;
using PiStereoLink.Protocol;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Sources;

/// <summary>
/// Two folders of pictures, played as if they came now. Pictures of the store keep the times between them, so that they pair as they did; numbered ones
/// are pairs by their place, so many a second.
/// </summary>
public sealed class Replay(SourceSpec spec, EyeWriter eyes, TimeProvider time) : ISource
{
    private const double UsualFps = 10;

    public string Name => string.Join(" and ", spec.Addresses);

    public async Task RunAsync(ChannelWriter<Frame> frames, CancellationToken stopping)
    {
        var (left, right) = (ReplayFolder.Read(FolderOf(StereoEye.Left)), ReplayFolder.Read(FolderOf(StereoEye.Right)));
        var (began, start) = (time.GetUtcNow().UtcDateTime, time.GetTimestamp());
        var isTimed = left.Concat(right).All(picture => picture.CapturedAt is not null);
        foreach (var (eye, file, at) in isTimed ? ByTime(left, right) : ByPlace(left, right))
        {
            if (at - time.GetElapsedTime(start) is var early && early > TimeSpan.Zero)
                await Task.Delay(early, time, stopping);
            var bytes = await File.ReadAllBytesAsync(file, stopping);
            await eyes.WriteAsync(frames, eye, Jpeg(file, bytes), new CaptureMoment(began + at, isTimed ? ErrorOf(bytes) : null), stopping);
        }
    }

    private string FolderOf(StereoEye eye)
    {
        var isFirst = eye == StereoEye.Left != spec.Options.Swap;
        return spec.Addresses is [var one, var other] ? isFirst ? one : other : Path.Combine(spec.Addresses[0], isFirst ? "left" : "right");
    }

    private IEnumerable<(StereoEye Eye, string File, TimeSpan At)> ByPlace(IReadOnlyList<ReplayPicture> left, IReadOnlyList<ReplayPicture> right)
    {
        if (left.Count != right.Count)
            throw new IOException($"{FolderOf(StereoEye.Left)} has {left.Count} pictures and {FolderOf(StereoEye.Right)} {right.Count}: numbered pictures are pairs by their place, so both need as many.");
        var period = TimeSpan.FromSeconds(1 / (spec.Options.Fps ?? UsualFps));
        return Enumerable.Range(0, left.Count).SelectMany(i => new[] { (StereoEye.Left, left[i].File, i * period), (StereoEye.Right, right[i].File, i * period) });
    }

    /// <summary>With +fps the times are stretched so that the left eye has this rate: a night of a picture a minute is over in seconds.</summary>
    private IEnumerable<(StereoEye Eye, string File, TimeSpan At)> ByTime(IReadOnlyList<ReplayPicture> left, IReadOnlyList<ReplayPicture> right)
    {
        var all = left.Select(picture => (Eye: StereoEye.Left, picture)).Concat(right.Select(picture => (Eye: StereoEye.Right, picture))).OrderBy(shown => shown.picture.CapturedAt).ToList();
        var first = all[0].picture.CapturedAt!.Value;
        var stretch = spec.Options.Fps is { } fps && MedianGap(left) is var gap && gap > TimeSpan.Zero ? 1 / fps / gap.TotalSeconds : 1;
        return all.Select(shown => (shown.Eye, shown.picture.File, (shown.picture.CapturedAt!.Value - first) * stretch));
    }

    private static TimeSpan MedianGap(IReadOnlyList<ReplayPicture> pictures)
    {
        var gaps = pictures.Zip(pictures.Skip(1), (one, next) => next.CapturedAt!.Value - one.CapturedAt!.Value).Order().ToList();
        return gaps.Count == 0 ? TimeSpan.Zero : gaps[gaps.Count / 2];
    }

    private FrameBuffer Jpeg(string file, byte[] bytes)
    {
        if (spec.Options.Crop is null && bytes is [0xFF, 0xD8, ..])
        {
            var buffer = FrameBuffer.Rent(bytes.Length);
            buffer.Append(bytes);
            return buffer;
        }
        using var pixels = EncodedPicture.DecodeColour(bytes, file);
        return SourcePicture.Encode(pixels, spec.Options.Crop).Jpeg;
    }

    /// <summary>A picture without a stamp was named by its arrival.</summary>
    private static long? ErrorOf(byte[] bytes) => StampReader.TryRead(bytes, out var stamp) ? stamp.Clock.ErrorMicroseconds ?? 0 : null;
}
