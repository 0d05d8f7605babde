using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Remote;

/// <summary>What to make of a remote rig's disparities.</summary>
/// <param name="Rig">Its name there.</param>
/// <param name="Every">Each so many pairs.</param>
/// <param name="NearMetres">Nearer points are left out.</param>
/// <param name="FarMetres">Farther ones too.</param>
/// <param name="Folder">Where files go.</param>
/// <param name="SaveDisparity">Keeps each PNG.</param>
/// <param name="SavePointCloud">Keeps each cloud as PLY.</param>
/// <param name="Count">Ends after so many; null goes on until it is stopped.</param>
public sealed record RemoteRequest(string Rig, int Every, double NearMetres, double FarMetres, string Folder, bool SaveDisparity, bool SavePointCloud, int? Count);

/// <summary>Depth at the desk of disparities that another receiver computes.</summary>
public sealed class RemotePointClouds(RemoteReceiver receiver, RemoteRequest request)
{
    /// <summary>Subscribes, makes points, keeps files whole or not at all; returns the number of clouds.</summary>
    /// <param name="made">Told of each: its time of capture and how many points it has.</param>
    /// <param name="cancellationToken">Ends it in order.</param>
    /// <exception cref="IOException">The receiver cannot be reached, or files cannot be written.</exception>
    /// <exception cref="InvalidDataException">What came does not fit together.</exception>
    public async Task<int> RunAsync(Action<string, int> made, CancellationToken cancellationToken)
    {
        var rig = await receiver.RigAsync(request.Rig, cancellationToken);
        if (request.SaveDisparity || request.SavePointCloud)
            Directory.CreateDirectory(request.Folder);
        var count = 0;
        try
        {
            await foreach (var disparity in receiver.SubscribeAsync(request.Rig, request.Every, request.SavePointCloud, cancellationToken))
            {
                var cloud = disparity.ToPointCloud(rig, request.NearMetres, request.FarMetres);
                if (request.SaveDisparity)
                    DurableFile.Write(Path.Combine(request.Folder, $"{disparity.FileName}-disparity.png"), disparity.Png);
                if (request.SavePointCloud)
                    DurableFile.Write(Path.Combine(request.Folder, $"{disparity.FileName}-cloud.ply"), cloud.ToPly());
                made(disparity.Header.CaptureTime, cloud.Points.Length);
                if (++count == request.Count)
                    return count;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return count;
        }
        throw new IOException($"The receiver has ended the subscription after {count} disparities. It stops, or was restarted: try again.");
    }
}
