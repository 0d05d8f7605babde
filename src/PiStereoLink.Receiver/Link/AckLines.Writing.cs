using System.IO.Pipelines;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Link;

public sealed partial class AckLines
{
    /// <summary>Writes what waits, unless somebody is at it, who will then write this too.</summary>
    public void Flush()
    {
        lock (gate)
        {
            if (writing || closed || count == 0)
                return;
            writing = true;
        }
        WriteOn();
    }

    private void WriteOn()
    {
        while (TakeLines())
        {
            // Not under the gate: the bytes may be sent, and the connection ended, inside this call.
            var flush = FlushOutput();
            if (!flush.IsCompletedSuccessfully)
            {
                _ = WaitForPeerAsync(flush);
                return;
            }
            if (flush.Result.IsCompleted)
                Close();
        }
    }

    /// <summary>Puts the lines into the output; false ends the writer's turn.</summary>
    private bool TakeLines()
    {
        lock (gate)
        {
            if (closed || count == 0)
            {
                writing = false;
                CheckEnd();
                return false;
            }
            var now = Stamp.ToMicroseconds(time.GetUtcNow().UtcDateTime);
            foreach (ref var line in pending.AsSpan(0, count))
                ReceiverLineText.Write(output, line with { WrittenAtMicroseconds = now });
            count = 0;
            lastLine = time.GetTimestamp();
            return true;
        }
    }

    private ValueTask<FlushResult> FlushOutput()
    {
        try
        {
            return output.FlushAsync();
        }
        catch (Exception e) when (IsGone(e))
        {
            return new ValueTask<FlushResult>(new FlushResult(isCanceled: false, isCompleted: true));
        }
    }

    /// <summary>The peer has stopped reading: the kernel's buffers and the connection's are full.</summary>
    private async Task WaitForPeerAsync(ValueTask<FlushResult> flush)
    {
        var reading = flush.AsTask();
        try
        {
            await ((Task)reading).WaitAsync(options.UnreadLines, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!reading.IsCompleted)
                drop($"it has not read its acknowledgements for {options.UnreadLines.TotalSeconds:0.#} s");
            if ((await reading).IsCompleted)
                Close();
        }
        catch (Exception e) when (IsGone(e))
        {
            Close();
        }
        WriteOn();
    }

    private void Close()
    {
        lock (gate)
            closed = true;
    }

    private static bool IsGone(Exception e) => e is IOException or ObjectDisposedException or OperationCanceledException;
}
