namespace PiStereoLink.Receiver.Commands.Capture;

/// <summary>The pictures of one moment, as their cameras encoded them; of a single camera there is no right one.</summary>
/// <param name="Left">The left eye's file.</param>
/// <param name="Right">The right eye's, or null.</param>
/// <param name="Name">What errors call them.</param>
public sealed record CapturedPictures(ReadOnlyMemory<byte> Left, ReadOnlyMemory<byte>? Right, string Name);

/// <summary>Where pictures to keep come from.</summary>
public interface ICaptureSource
{
    /// <summary>Live pictures come by themselves, and what is not taken in time is gone; stored ones wait.</summary>
    bool IsLive { get; }

    /// <summary>The pictures in their order, until there are no more or the token ends it.</summary>
    IAsyncEnumerable<CapturedPictures> PicturesAsync(CancellationToken cancellationToken);
}
