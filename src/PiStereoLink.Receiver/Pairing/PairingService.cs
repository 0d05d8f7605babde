using PiStereoLink.Receiver.Cameras;

namespace PiStereoLink.Receiver.Pairing;

/// <summary>Moves frames from the two rings of each rig into pairs.</summary>
public sealed class PairingService(RigDirectory rigs) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(rigs.All.Select(rig => PairAsync(rig, stoppingToken)));

    private static async Task PairAsync(Rig rig, CancellationToken stopping)
    {
        var (left, right) = (rig.Left.Ring.Next, rig.Right.Ring.Next);
        while (true)
        {
            await Task.WhenAny(rig.Left.Ring.WaitAsync(left, stopping), rig.Right.Ring.WaitAsync(right, stopping));
            stopping.ThrowIfCancellationRequested();
            Offer(rig, Eye.Left, rig.Left.Ring, ref left);
            Offer(rig, Eye.Right, rig.Right.Ring, ref right);
        }
    }

    private static void Offer(Rig rig, Eye eye, CameraRing ring, ref long place)
    {
        while (ring.TryTake(ref place, out var frame))
            rig.Offer(eye, frame);
    }
}
