using PiStereoLink.Receiver.Commands;
using PiStereoLink.Receiver.Commands.Calibrate;
using PiStereoLink.Receiver.Commands.CalibrationFiles;
using PiStereoLink.Receiver.Commands.Capture;
using PiStereoLink.Receiver.Commands.Chessboard;
using PiStereoLink.Receiver.Commands.Demo;
using PiStereoLink.Receiver.Trust;

return await CommandLine.RunAsync(args,
    new ServeCommand(),
    new InviteCommand(),
    new RevokeCommand(),
    new StatusCommand(),
    new CamerasCommand(),
    new Ps4Command(),
    new ChessboardCommand(),
    new CaptureCommand(),
    new CalibrateCommand(),
    new CalibrationCommand(),
    new ViewCommand(),
    new SplitCommand(),
    new RectifyCommand(),
    new DisparityCommand(),
    new PointCloudCommand(),
    new EvaluateCommand(),
    new QualityCommand(),
    new DemoCommand());
