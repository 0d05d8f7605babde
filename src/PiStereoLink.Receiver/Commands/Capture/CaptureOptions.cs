using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands.Capture;

/// <summary>What is to be kept.</summary>
/// <param name="Folder">Where.</param>
/// <param name="Board">Only pairs in which both eyes show this board; null keeps what comes.</param>
/// <param name="Pairs">Ends after so many; null: with a board when the coverage is complete or the views are many, without one at the source's end.</param>
/// <param name="Every">One each time so much has passed, whatever it adds; null: each that is new and still, or without a board each.</param>
internal sealed record CaptureOptions(string Folder, ChessBoard? Board, int? Pairs, TimeSpan? Every);
