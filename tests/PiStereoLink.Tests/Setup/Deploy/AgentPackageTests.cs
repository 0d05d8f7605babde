using System.Formats.Tar;
using PiStereoLink.Receiver.Setup.Deploy;

namespace PiStereoLink.Tests.Setup.Deploy;

/// <summary>The agent as it is sent.</summary>
public sealed class AgentPackageTests : IDisposable
{
    private static readonly byte[] Arm64 = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0xB7, 0, 1, 0, 0, 0];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pistereolink-agent-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task One_that_brings_its_NET_is_sent_as_it_is_without_symbols()
    {
        Write("PiStereoLink.Agent", Arm64);
        Write("PiStereoLink.Agent.pdb", [1]);
        Write("appsettings.json", "{}"u8.ToArray());
        var files = await FilesAsync(AgentPackage.Of(folder.FullName, "linux-arm64", null));
        Assert.Equal(["PiStereoLink.Agent 755", "appsettings.json 644"], files.Keys);
        Assert.Equal(Arm64, files["PiStereoLink.Agent 755"]);
    }

    [Fact]
    public void One_for_another_processor_is_refused()
    {
        Write("PiStereoLink.Agent", Arm64);
        var refused = Assert.Throws<DeployException>(() => AgentPackage.Of(folder.FullName, "linux-arm", null));
        Assert.Contains("is built for linux-arm64, and the machine is linux-arm", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_without_is_started_by_the_machines_dotnet()
    {
        Write("PiStereoLink.Agent", [1, 2, 3]);     // for the machine where it was built
        Write("PiStereoLink.Agent.dll", [4]);
        var files = await FilesAsync(AgentPackage.Of(folder.FullName, "linux-arm64", "/usr/lib/dotnet/dotnet"));
        Assert.Equal("#!/bin/sh\nexec /usr/lib/dotnet/dotnet \"$(dirname \"$(readlink -f \"$0\")\")/PiStereoLink.Agent.dll\" \"$@\"\n", System.Text.Encoding.UTF8.GetString(files["PiStereoLink.Agent 755"]));
    }

    [Fact]
    public void Its_name_follows_from_its_contents()
    {
        Write("PiStereoLink.Agent", Arm64);
        Write("appsettings.json", "{}"u8.ToArray());
        var name = AgentPackage.Of(folder.FullName, "linux-arm64", null).Name;
        Assert.Equal(name, AgentPackage.Of(folder.FullName, "linux-arm64", null).Name);
        Write("appsettings.json", "{ }"u8.ToArray());
        Assert.NotEqual(name, AgentPackage.Of(folder.FullName, "linux-arm64", null).Name);
    }

    [Fact]
    public void A_folder_without_an_agent_is_none() =>
        Assert.Contains("There is no agent in", Assert.Throws<DeployException>(() => AgentPackage.Of(folder.FullName, "linux-arm64", null)).Message, StringComparison.Ordinal);

    private void Write(string name, byte[] content) => File.WriteAllBytes(Path.Combine(folder.FullName, name), content);

    private static async Task<SortedDictionary<string, byte[]>> FilesAsync(AgentPackage package)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        await using var tar = new TarReader(await package.ToTarAsync(TestContext.Current.CancellationToken));
        while (await tar.GetNextEntryAsync(copyData: true, TestContext.Current.CancellationToken) is { } entry)
        {
            using var content = new MemoryStream();
            await entry.DataStream!.CopyToAsync(content, TestContext.Current.CancellationToken);
            files[$"{entry.Name} {Convert.ToString((int)entry.Mode, 8)}"] = content.ToArray();
        }
        return files;
    }
}
