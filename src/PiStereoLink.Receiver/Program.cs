using PiStereoLink.Receiver.Commands;
using PiStereoLink.Receiver.Commands.Demo;

return await CommandLine.RunAsync(args,
    new ServeCommand(),
    new DemoCommand());
