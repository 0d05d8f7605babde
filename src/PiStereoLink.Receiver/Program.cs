using PiStereoLink.Receiver.Commands;
using PiStereoLink.Receiver.Commands.Demo;
using PiStereoLink.Receiver.Trust;

return await CommandLine.RunAsync(args,
    new ServeCommand(),
    new InviteCommand(),
    new RevokeCommand(),
    new StatusCommand(),
    new ViewCommand(),
    new RectifyCommand(),
    new DisparityCommand(),
    new PointCloudCommand(),
    new EvaluateCommand(),
    new SplitCommand(),
    new QualityCommand(),
    new DemoCommand());
