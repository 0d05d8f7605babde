namespace PiStereoLink.Receiver.Link;

/// <summary>
/// Lets the thread that waits for the sockets go on with what has come, instead of waking a pool thread for each read: half the CPU
/// time a frame (measured). Nothing that runs there blocks; depth and pictures are computed on threads of the pool.
/// </summary>
internal static class InlineCompletions
{
    /// <summary>Call this before the first socket: .NET offers it as an environment variable only, and looks once.</summary>
    public static void TurnOn() => Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
}
