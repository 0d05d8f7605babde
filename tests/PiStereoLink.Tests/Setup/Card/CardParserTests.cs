using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PiStereoLink.Tests.Setup.Card;

/// <summary>The files as the programs read them that they are for; where such a program is not installed, the test is skipped.</summary>
public partial class CardParserTests
{
    private const string Odd = "Müller's \"5\" \\ $x;`y` 🦉";

    [Theory]
    [InlineData(MadeUpCard.Ssid)]
    [InlineData(Odd)]
    public async Task NetworkManager_reads_the_profile(string ssid)
    {
        var nmcli = Installed("nmcli");
        using var card = MadeUpCard.Bookworm;
        await card.PreparedAsync("--wifi", ssid, "--hidden");
        var profile = card.Put("profile", Profile.Match(card["firstrun.sh"]).Groups[1].Value);
        var read = await Tool.RunInstalledAsync("sh", "-c", $"{nmcli} --offline connection modify connection.id known <{profile}");
        Assert.True(read.ExitCode == 0, read.Errors);
        var bytes = ssid == MadeUpCard.Ssid ? ssid : string.Concat(Encoding.UTF8.GetBytes(ssid).Select(one => $"{one};"));
        foreach (var line in new[] { "id=known", $"ssid={bytes}", "autoconnect-retries=0", "powersave=2", "hidden=true", "key-mgmt=wpa-psk" })
            Assert.Contains(line, read.Output.Split('\n'));
    }

    [Fact]
    public async Task Cloud_init_accepts_the_user_data()
    {
        Installed("cloud-init");
        using var card = MadeUpCard.Trixie;
        await card.PreparedAsync("--wifi", Odd);
        var outcome = await Tool.RunInstalledAsync("cloud-init", "schema", "--config-file", Path.Combine(card.Folder, "user-data"));
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Errors);
    }

    [Theory]
    [InlineData("wpa-psk")]
    [InlineData("sae")]
    public async Task Netplan_makes_a_profile_that_stays(string keyManagement)
    {
        Installed("netplan");
        using var card = MadeUpCard.Trixie;
        await card.PreparedAsync(["--wifi", Odd, "--hidden", .. keyManagement == "sae" ? ["--wpa3"] : Array.Empty<string>()]);
        var folder = Directory.CreateDirectory(card.Beside("root/etc/netplan")).FullName;
        // The image says who makes the connections; cloud-init puts the card's file beside that.
        File.WriteAllText(Path.Combine(folder, "00-manager.yaml"), "network:\n  version: 2\n  renderer: NetworkManager\n");
        File.Copy(Path.Combine(card.Folder, "network-config"), Path.Combine(folder, "50-cloud-init.yaml"));
        var outcome = await Tool.RunInstalledAsync("netplan", "generate", "--root-dir", card.Beside("root"));
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        var profile = await File.ReadAllLinesAsync(Assert.Single(Directory.GetFiles(card.Beside("root/run/NetworkManager/system-connections"), "*wlan0*")), TestContext.Current.CancellationToken);
        foreach (var line in new[] { "autoconnect-retries=0", "powersave=2", "hidden=true", $"key-mgmt={keyManagement}", $"ssid={Odd.Replace("\\", "\\\\", StringComparison.Ordinal)}" })
            Assert.Contains(line, profile);
    }

    [Fact]
    public async Task YAML_gives_back_what_went_in()
    {
        using var card = MadeUpCard.Trixie;
        card.Put("key.pub", MadeUpCard.PublicKey + " \"#: \\\n");
        await card.PreparedAsync("--wifi", Odd, "--country", "no");
        var network = await PythonAsync("yaml", "import json,sys,yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1], encoding='utf-8'))))", Path.Combine(card.Folder, "network-config"));
        var wifi = network.GetProperty("network").GetProperty("wifis").GetProperty("wlan0");
        Assert.Equal("NO", wifi.GetProperty("regulatory-domain").GetString());      // not false
        Assert.Equal(Odd, Assert.Single(wifi.GetProperty("access-points").EnumerateObject()).Name);
        var users = await PythonAsync("yaml", "import json,sys,yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1], encoding='utf-8'))))", Path.Combine(card.Folder, "user-data"));
        Assert.Equal(MadeUpCard.PublicKey + " \"#: \\", Assert.Single(users.GetProperty("user").GetProperty("ssh_authorized_keys").EnumerateArray()).GetString());
        Assert.Equal(JsonValueKind.Null, users.GetProperty("user").GetProperty("sudo").ValueKind);
    }

    [Fact]
    public async Task TOML_gives_back_what_went_in()
    {
        using var card = MadeUpCard.Newest;
        card.Put("key.pub", MadeUpCard.PublicKey + " \"#] \\\n");
        await card.PreparedAsync("--wifi", Odd, "--format", "preseed");
        var toml = await PythonAsync("tomllib", "import json,sys,tomllib; print(json.dumps(tomllib.load(open(sys.argv[1], 'rb'))))", Path.Combine(card.Folder, "rpi-preseed.toml"));
        Assert.Equal(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Odd)), toml.GetProperty("wlan").GetProperty("ssid_hex").GetString());
        Assert.Equal(MadeUpCard.PublicKey + " \"#] \\", Assert.Single(toml.GetProperty("ssh").GetProperty("authorized_keys").EnumerateArray()).GetString());
        foreach (var command in toml.GetProperty("runcmd").GetProperty("early").EnumerateArray())
            Assert.Equal(0, (await Tool.RunInstalledAsync("sh", "-n", "-c", command.GetString()!)).ExitCode);
    }

    /// <summary>Where it is; nothing here installs it, because its daemon would come along and start.</summary>
    private static string Installed(string program)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{program}, which reads the file here, is not installed");
        return path!;
    }

    private static async Task<JsonElement> PythonAsync(string module, string script, params string[] arguments)
    {
        const string python = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(python) && (await Tool.RunAsync(python, "-c", $"import {module}")).ExitCode == 0, $"{python} has no {module}, which reads the file here");
        var outcome = await Tool.RunAsync(python, ["-c", script, .. arguments]);
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        return JsonDocument.Parse(outcome.Output).RootElement.Clone();
    }

    [GeneratedRegex("<<'PROFILE'\n(.*?\n)PROFILE\n", RegexOptions.Singleline)]
    private static partial Regex Profile { get; }
}
