using System.Threading.Channels;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Sources;

/// <summary>Two folders of pictures, played as if they came now: <see cref="ReplayPlan"/>.</summary>
public sealed class Replay(SourceSpec spec, EyeWriter eyes, TimeProvider time, ILogger logger) : ISource
{
    public string Name => string.Join(" and ", spec.Addresses);

    public async Task RunAsync(ChannelWriter<Frame> frames, CancellationToken stopping)
    {
        var plan = ReplayPlan.Of(spec);
        foreach (var alone in plan.Alone)
            SourceLog.Alone(logger, alone);
        var (began, start) = (time.GetUtcNow().UtcDateTime, time.GetTimestamp());
        foreach (var step in plan.Steps)
        {
            if (step.At - time.GetElapsedTime(start) is var early && early > TimeSpan.Zero)
                await Task.Delay(early, time, stopping);
            var bytes = await File.ReadAllBytesAsync(step.File, stopping);
            await eyes.WriteAsync(frames, step.Eye, ReplayPlan.Jpeg(step.File, bytes, spec.Options.Crop), new CaptureMoment(began + step.At, plan.IsTimed ? ErrorOf(bytes) : null), stopping);
        }
    }

    /// <summary>A picture without a stamp was named by its arrival.</summary>
    private static long? ErrorOf(byte[] bytes) => StampReader.TryRead(bytes, out var stamp) ? stamp.Clock.ErrorMicroseconds ?? 0 : null;
}
