namespace PiStereoLink.Agent;

public sealed partial record CameraProgram
{
    private const string SimulatedName = "PiStereoLink.SimulatedCamera";
    private const string SimulatedVariable = "PISTEREOLINK_SIMULATED_CAMERA";

    /// <summary>The simulated rig, which then runs on the very path of a real camera program.</summary>
    private static CameraProgram Simulated(string program)
    {
        if (Environment.GetEnvironmentVariable(SimulatedVariable) is { Length: > 0 } given)
            return Executables.IsExecutable(given)
                ? Playing(given, program)
                : throw new CameraException($"{SimulatedVariable} names {given}, which is not an executable file. Correct it, or unset it.");

        var beside = System.IO.Path.Combine(AppContext.BaseDirectory, SimulatedName);
        var sibling = System.IO.Path.Combine(SiblingOutput(AppContext.BaseDirectory), SimulatedName);
        return Executables.IsExecutable(beside) ? Playing(beside, program)
            : Executables.IsExecutable(sibling) ? Playing(sibling, program)
            : Executables.Find(SimulatedName) is { } onPath ? Playing(onPath, program)
            : throw new CameraException(
                $"The simulated camera is not here: no {SimulatedName} beside the agent or on PATH. " +
                $"Build it with `dotnet build src/{SimulatedName}`, or name it in {SimulatedVariable}.");
    }

    private static CameraProgram Playing(string path, string program) => new(path, CameraDialect.Rpicam, program);

    /// <summary>Where the build puts the simulated camera when it has put the agent here.</summary>
    private static string SiblingOutput(string folder) =>
        string.Join('/', folder.Split('/').Select(part => part == "PiStereoLink.Agent" ? SimulatedName : part));
}
