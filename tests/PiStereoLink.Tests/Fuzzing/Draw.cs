namespace PiStereoLink.Tests.Fuzzing;

/// <summary>The choices of one case: the same seed, the same choices. SplitMix64, since <see cref="Random"/> cannot be seeded anew without garbage.</summary>
internal sealed class Draw
{
    private ulong state;

    public void Begin(ulong seed) => state = seed;

    public ulong Number()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }

    /// <summary>0 to <paramref name="limit"/> - 1.</summary>
    public int Below(int limit) => (int)Math.BigMul(Number(), (ulong)limit, out _);

    /// <summary>Both ends included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    public bool OneIn(int times) => Below(times) == 0;

    public T Pick<T>(ReadOnlySpan<T> from) => from[Below(from.Length)];

    /// <summary>Numbers that programs stumble over, and any other.</summary>
    public uint Odd() => OneIn(3) ? (uint)Number() : Pick<uint>([0, 1, 2, 3, 7, 8, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF]);
}
