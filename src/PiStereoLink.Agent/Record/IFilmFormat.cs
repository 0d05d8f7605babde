namespace PiStereoLink.Agent;

/// <summary>What a film is made of, and how a camera program is asked for it.</summary>
internal interface IFilmFormat
{
    /// <summary>Why this program and board cannot make it, in a sentence; null when they can.</summary>
    string? Problem(CameraProgram program, Board board, PictureSettings pictures);

    /// <summary>The program goes by the name of its stdout: see <see cref="NamedStdout"/>.</summary>
    bool NamesStdout(CameraProgram program, Board board);

    /// <summary>The command line for endless video on stdout.</summary>
    /// <param name="program">The camera program.</param>
    /// <param name="board">What it runs on.</param>
    /// <param name="camera">The camera's index.</param>
    /// <param name="pictures">What pictures to take.</param>
    /// <param name="output">What stdout is called.</param>
    /// <param name="metadataPath">Where to write metadata, or null for none.</param>
    /// <exception cref="CameraException">A setting that the program does not have.</exception>
    IReadOnlyList<string> Arguments(CameraProgram program, Board board, int camera, PictureSettings pictures, string output, string? metadataPath);

    /// <summary>Cuts one run of the program into pictures.</summary>
    IFilmSplitter Splitter(CameraProgram program, Board board, PictureSettings pictures);
}
