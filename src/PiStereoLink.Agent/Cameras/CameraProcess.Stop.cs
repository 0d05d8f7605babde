namespace PiStereoLink.Agent;

public sealed partial class CameraProcess
{
    /// <summary>rpicam-vid stops within one picture of SIGINT; a camera in a long exposure or a wedged driver needs longer.</summary>
    private static readonly TimeSpan GraceAfterInterrupt = TimeSpan.FromSeconds(5);

    /// <summary>The kernel ends a killed process at once, except one that hangs inside a driver.</summary>
    private static readonly TimeSpan GraceAfterKill = TimeSpan.FromSeconds(5);

    /// <summary>What is left in a pipe after its writer has gone is read at once.</summary>
    private static readonly TimeSpan GraceForOutput = TimeSpan.FromSeconds(2);

    /// <summary>Stops the program if it still runs: SIGINT, on which rpicam-vid ends in order, then SIGKILL. Returns its exit code.</summary>
    public Task<int> StopAsync()
    {
        lock (stopping)
            return stopped ??= InterruptAsync();
    }

    /// <summary>Waits for a program that has closed its stdout; one that goes on without it is stopped.</summary>
    public async Task<int> EndAsync()
    {
        await ExitsWithin(GraceAfterInterrupt);
        var exitCode = await StopAsync();
        await EndsWithin(Errors.Ended, GraceForOutput);
        return exitCode;
    }

    private async Task<int> InterruptAsync()
    {
        try
        {
            if (process.HasExited)
                return process.ExitCode;
            SignalGroup(Native.SigInt);
            if (await ExitsWithin(GraceAfterInterrupt))
                return process.ExitCode;
            SignalGroup(Native.SigKill);
            return await ExitsWithin(GraceAfterKill) ? process.ExitCode : throw new CameraException(
                $"{program.Name} (process {process.Id}) does not end even when killed: it hangs in a driver. Reboot this Pi.");
        }
        finally
        {
            // A child of the program, or the program itself, may hold the pipes open: it gets a moment to end, then it is left behind.
            abandoned.CancelAfter(GraceForOutput);
        }
    }

    /// <summary>To the whole group, since a wrapper script has children; to the one process in the instant before it leads a group.</summary>
    private void SignalGroup(int signal)
    {
        if (!Native.Signal(-process.Id, signal))
            Native.Signal(process.Id, signal);
    }

    private Task<bool> ExitsWithin(TimeSpan grace) => EndsWithin(process.WaitForExitAsync(), grace);

    private async Task<bool> EndsWithin(Task task, TimeSpan grace)
    {
        try
        {
            await task.WaitAsync(grace, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
