namespace PiStereoLink.Agent;

/// <summary>A film of H.264.</summary>
internal sealed class H264Film(H264Settings encoding) : IFilmFormat
{
    public string? Problem(CameraProgram program, Board board, PictureSettings pictures) => H264Encoder.Of(program, board).Problem(pictures, encoding);

    public bool NamesStdout(CameraProgram program, Board board) => !H264Encoder.Of(program, board).IsHardware;

    public IReadOnlyList<string> Arguments(CameraProgram program, Board board, int camera, PictureSettings pictures, string output, string? metadataPath) =>
        RecordArguments.Of(program, camera, pictures, encoding, H264Encoder.Of(program, board), output, metadataPath);

    public IFilmSplitter Splitter(CameraProgram program, Board board, PictureSettings pictures) => new H264Splitter();
}
