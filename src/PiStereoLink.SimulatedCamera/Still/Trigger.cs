using System.Runtime.InteropServices;

namespace PiStereoLink.SimulatedCamera.Still;

/// <summary>Pictures asked for from outside: SIGUSR1 and SIGUSR2, or lines on stdin. Several before one is looked at count once.</summary>
internal sealed class Trigger(Action<int>? onSignal = null) : IDisposable
{
    private readonly AutoResetEvent came = new(false);
    private readonly List<PosixSignalRegistration> signals = [];
    private bool picture, end;

    /// <summary>SIGUSR1 asks for a picture, SIGUSR2 for the end.</summary>
    public void ListenToSignals()
    {
        Catch(Libc.Sigusr1, () => Volatile.Write(ref picture, true));
        Catch(Libc.Sigusr2, () => Volatile.Write(ref end, true));
    }

    /// <summary>Enter asks for a picture, x and Enter for the end.</summary>
    public void ListenToKeys() => new Thread(() =>
    {
        while (Console.In.ReadLine() is { } line)
        {
            if (line.StartsWith('x'))
                Volatile.Write(ref end, true);
            else
                Volatile.Write(ref picture, true);
            came.Set();
        }
    })
    { IsBackground = true }.Start();

    public void Wait() => came.WaitOne();

    /// <summary>Whether a picture was asked for since the last look.</summary>
    public bool TakePicture() => Taken(ref picture);

    /// <summary>Whether the end was asked for since the last look.</summary>
    public bool TakeEnd() => Taken(ref end);

    /// <summary>What was asked for so far is void.</summary>
    public void Forget()
    {
        _ = TakePicture();
        _ = TakeEnd();
    }

    public void Dispose()
    {
        signals.ForEach(signal => signal.Dispose());
        came.Dispose();
    }

    private void Catch(int number, Action then) => signals.Add(PosixSignalRegistration.Create((PosixSignal)number, context =>
    {
        context.Cancel = true;
        onSignal?.Invoke(number);
        then();
        came.Set();
    }));

    private static bool Taken(ref bool flag) => Interlocked.Exchange(ref flag, false);
}
