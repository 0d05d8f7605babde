using PiStereoLink.Agent;

// The agent's verbs; each is one file of its own.
return await CommandLine.RunAsync(args,
[
    RunCommand.Create(builder => builder
        .AddState()         // who this installation is, and which run
        .AddClock()         // how far this Pi's clock is from the receiver's
        .AddCameras()       // camera programs, supervised
        .AddLed()           // kept off while pictures are taken, if wanted
        .AddLink()          // a connection to the receiver for each camera
        .AddTally()         // what became of every frame
        .AddServiceManager()),  // systemd is told: up, alive, stopping
    CaptureCommand.Create(),
    TimelapseCommand.Create(),
    RecordCommand.Create(),
    CamerasCommand.Create(),
    LedCommand.Create(),
    DoctorCommand.Create(),
    JoinCommand.Create(),
]);
