using System.Runtime.InteropServices;

namespace PiStereoLink.Agent;

/// <summary>For a verb that does one thing: the first signal cancels it, so that its camera program is stopped and nothing half is left.</summary>
internal sealed class StopOnSignal : IDisposable
{
    private readonly CancellationTokenSource stopped = new();
    private readonly PosixSignalRegistration[] registrations;

    public StopOnSignal()
    {
        Native.StopIgnoringInterrupt();
        registrations = Array.ConvertAll<PosixSignal, PosixSignalRegistration>(
            [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP], signal => PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                stopped.Cancel();
            }));
    }

    public CancellationToken Token => stopped.Token;

    public void Dispose()
    {
        Array.ForEach(registrations, registration => registration.Dispose());
        stopped.Dispose();
    }
}
