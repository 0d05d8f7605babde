namespace PiStereoLink.Agent;

public sealed partial class CaptureLed
{
    /// <summary>A program for stills does not tell when its camera starts and the firmware lights the LED: it is put off again and again.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes a still, with the LED kept off meanwhile.</summary>
    public async Task<T> KeepOffAsync<T>(Func<Task<T>> take, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(take);
        ArgumentNullException.ThrowIfNull(time);
        if (!wanted)
            return await take();
        PutOff();
        await using var again = time.CreateTimer(_ => PutOff(), null, Again, Again);
        return await take();
    }
}
