using System.Runtime.CompilerServices;

namespace PiStereoLink.Tests;

internal static class Threads
{
    /// <summary>
    /// The pool begins with as many threads as there are processors and adds one or two a second. Two tests that compute would hold up
    /// all others, in which a whole receiver runs and waits for its peers.
    /// </summary>
    [ModuleInitializer]
    internal static void BeginWithEnough() => ThreadPool.SetMinThreads(workerThreads: 16, completionPortThreads: 16);
}
