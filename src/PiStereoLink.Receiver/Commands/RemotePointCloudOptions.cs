using System.CommandLine;
using System.Text.Json;
using PiStereoLink.Receiver.Remote;

namespace PiStereoLink.Receiver.Commands;

/// <summary>The other way to points: disparities that a receiver elsewhere computes.</summary>
internal sealed class RemotePointCloudOptions
{
    private readonly Option<string?> from = new("--from") { Description = "Subscribe to the disparities of the receiver with its pages there, instead of reading two pictures; the key that its log shows may stand in the address. --out is then a folder.", HelpName = "URL" };
    private readonly Option<string?> rig = new("--rig") { Description = "With --from: which rig.", HelpName = "NAME" };
    private readonly Option<int?> every = new("--every") { Description = "With --from: each Nth pair. [default: 1]", HelpName = "N" };
    private readonly Option<int?> count = new("--count") { Description = "With --from: end after so many. [default: until Ctrl-C]", HelpName = "N" };
    private readonly Option<bool> saveDisparity = new("--save-disparity") { Description = "With --from: keep each disparity as a 16-bit PNG." };
    private readonly Option<bool> savePointCloud = new("--save-pointcloud") { Description = "With --from: keep each cloud as PLY." };
    private readonly Option<string?> serviceConfig = new("--service-config") { Description = "Instead of --from, --rig and --every: a JSON file that says them, in the shape of farm-ng's services.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { from, rig, every, count, saveDisparity, savePointCloud, serviceConfig })
            command.Options.Add(option);
    }

    /// <summary>Whether another receiver is asked for.</summary>
    public bool IsAsked(ParseResult parsed) => parsed.GetValue(from) is not null || parsed.GetValue(serviceConfig) is not null;

    /// <exception cref="FormatException">Wrong usage.</exception>
    /// <exception cref="IOException">The receiver cannot be asked, or files cannot be written.</exception>
    public async Task<int> RunAsync(ParseResult parsed, (double Near, double Far) range, string? folder, bool json, CancellationToken cancellationToken)
    {
        var config = parsed.GetValue(serviceConfig) is { } file ? ServiceConfig.Read(file) : null;
        var name = parsed.GetValue(rig) ?? config?.Rig ?? throw new FormatException("--from needs the name of a rig there: --rig NAME.");
        var (keepsDisparity, keepsCloud) = (parsed.GetValue(saveDisparity), parsed.GetValue(savePointCloud));
        if (folder is null && (keepsDisparity || keepsCloud))
            throw new FormatException("--save-disparity and --save-pointcloud need a folder: --out DIR.");
        using var receiver = new RemoteReceiver(parsed.GetValue(from) ?? config!.Address);
        var request = new RemoteRequest(name, PlainValues.Within(parsed.GetValue(every) ?? config?.Every ?? 1, 1, 1_000_000, "--every"), range.Near, range.Far,
            folder ?? "", keepsDisparity, keepsCloud, parsed.GetValue(count) is { } most ? PlainValues.Within(most, 1, int.MaxValue, "--count") : null);
        var last = 0;
        var made = await new RemotePointClouds(receiver, request).RunAsync((capturedAt, points) =>
        {
            last = points;
            Console.Error.WriteLine($"{capturedAt}: {points} points");
        }, cancellationToken);
        Console.WriteLine(json
            ? JsonSerializer.Serialize(new RemotePointCloudResult(made, last), DepthJson.Default.RemotePointCloudResult)
            : $"{made} clouds{(folder is null ? "" : $" in {folder}")}.");
        return 0;
    }
}
