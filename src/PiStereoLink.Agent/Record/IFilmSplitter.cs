namespace PiStereoLink.Agent;

/// <summary>Cuts what a camera program writes into pictures. Fill <see cref="Free"/>, <see cref="Advance"/>, take what <see cref="TryRead"/> gives.</summary>
public interface IFilmSplitter
{
    /// <summary>Where the next bytes of the stream go. Never empty; a picture taken before is no longer valid once they have come.</summary>
    Span<byte> Free { get; }

    /// <summary>So many bytes have been read into <see cref="Free"/>.</summary>
    void Advance(int count);

    /// <summary>The next picture that is surely whole; false when more of the stream is needed.</summary>
    /// <exception cref="CameraException">This is not what was asked for.</exception>
    bool TryRead(out AccessUnit unit);

    /// <summary>The stream has ended: what stands at its end, if that is a whole picture.</summary>
    /// <param name="inOrder">The program ended as it should, so it has written all of it.</param>
    /// <exception cref="RecordingException">Its pictures are not what they were taken for.</exception>
    AccessUnit? Last(bool inOrder);
}
