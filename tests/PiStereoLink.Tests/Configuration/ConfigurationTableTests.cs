using System.Reflection;
using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Configuration;

/// <summary>docs/configuration.md against the code, in both directions.</summary>
public class ConfigurationTableTests
{
    private static readonly CameraProgram
        RpicamStill = new("rpicam-still", CameraDialect.Rpicam), RpicamVid = new("rpicam-vid", CameraDialect.Rpicam),
        Raspistill = new("raspistill", CameraDialect.Raspi), Raspivid = new("raspivid", CameraDialect.Raspi);

    [Fact]
    public void Every_option_of_the_camera_programs_stands_there_with_who_has_it_and_since_when()
    {
        Holds(CameraProgramOptions.Rpicam, CameraProgramOptions.RpicamPrograms, row => row.Rpicam);
        Holds(CameraProgramOptions.Raspi, CameraProgramOptions.RaspiPrograms, row => row.Raspi);

        static void Holds(CameraProgramOption[] options, string[] programs, Func<ConfigurationRow, string> cell)
        {
            var real = from option in options
                       from program in option.Programs
                       select new OptionOfProgram(option.Short.Length == 0 ? $"--{option.Name}" : $"--{option.Name} -{option.Short}", program.Key, program.Value);
            var told = ConfigurationTable.Rows.SelectMany(row => ConfigurationTable.Options(cell(row), programs));
            Assert.Equal(Text(real), Text(told));
        }

        static string Text(IEnumerable<OptionOfProgram> options) => string.Join('\n', options.Select(option => option.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_picture_setting_has_its_row_and_every_row_its_setting()
    {
        var settings = PictureSettingTable.Video.Concat(PictureSettingTable.Still).Select(setting => setting.Option).Distinct();
        var told = ConfigurationTable.Rows.Where(row => !row.IsCommand).SelectMany(row => row.Example).Where(word => word.StartsWith("--", StringComparison.Ordinal)).Distinct();
        Assert.Equal(settings.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
        Assert.All(ConfigurationTable.Rows, row => Assert.True(row.Example.Length > 0 || row.IsAlways || row.IsNotOffered, row.Ours));
    }

    public static TheoryData<string> Examples => [.. ConfigurationTable.Rows.Where(row => row.Example.Length > 0 && !row.IsCommand).Select(row => row.Ours)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_what_the_table_says_for_each_program(string ours)
    {
        using var files = new ExampleFiles();
        var row = Assert.Single(ConfigurationTable.Rows, row => row.Ours == ours);
        var isStill = PictureSettingTable.Still.Any(setting => setting.Option == row.Example[0]);
        var isVideo = PictureSettingTable.Video.Any(setting => setting.Option == row.Example[0]);
        foreach (var (program, cell) in new[] { (RpicamStill, row.RpicamGets), (Raspistill, row.RaspiGets) })
            if (isStill)
                Holds(program.Name, ConfigurationTable.For("still", cell), pictures => StillLine(program, pictures), PictureSettings.Still with { Encoding = "jpg" });
        foreach (var (program, cell) in new[] { (RpicamVid, row.RpicamGets), (Raspivid, row.RaspiGets) })
            if (isVideo)
                Holds(program.Name, ConfigurationTable.For("vid", cell), pictures => VideoLine(program, pictures), PictureSettings.Video);

        void Holds(string program, string? told, Func<PictureSettings, string> line, PictureSettings without)
        {
            var with = files.Apply(row.Example, without);
            Assert.NotNull(told);
            if (told.StartsWith("refused: ", StringComparison.Ordinal))
            {
                var sentence = Assert.Throws<CameraException>(() => line(with)).Message;
                Assert.StartsWith($"{program} has no {row.Example[0]}", sentence, StringComparison.Ordinal);
                Assert.EndsWith($": {told["refused: ".Length..]}", sentence, StringComparison.Ordinal);
                return;
            }
            Assert.Contains($" {told} ", files.Named(line(with)), StringComparison.Ordinal);
            Assert.NotEqual(line(without), line(with));
        }
    }

    [Fact]
    public void What_is_always_given_is_given_with_the_plainest_picture()
    {
        foreach (var row in ConfigurationTable.Rows.Where(row => row.IsAlways))
            foreach (var (program, still, cell) in new[] { (RpicamStill, true, row.RpicamGets), (Raspistill, true, row.RaspiGets), (RpicamVid, false, row.RpicamGets), (Raspivid, false, row.RaspiGets) })
            {
                var line = still ? StillLine(program, PictureSettings.Still with { Encoding = "jpg" }) : VideoLine(program, PictureSettings.Video);
                var options = ConfigurationTable.Options(program.Dialect == CameraDialect.Rpicam ? row.Rpicam : row.Raspi,
                    program.Dialect == CameraDialect.Rpicam ? CameraProgramOptions.RpicamPrograms : CameraProgramOptions.RaspiPrograms);
                var isOfOthers = options.All(option => option.Program != program.Name.Replace("rpicam-", "", StringComparison.Ordinal));
                if (!isOfOthers && ConfigurationTable.For(still ? "still" : "vid", cell) is { } words)
                    Assert.Contains($" {words} ", line, StringComparison.Ordinal);
            }
    }

    [Fact]
    public void Every_word_stands_there_with_what_the_programs_call_it()
    {
        var words = from field in typeof(Vocabulary).GetFields(BindingFlags.Public | BindingFlags.Static)
                    let vocabulary = (Vocabulary)field.GetValue(null)!
                    from word in vocabulary.Words
                    select $"| `{vocabulary.Setting}` | `{word.Ours}` | {Code(word.Rpicam)} | {Code(word.Raspi)} |";
        Assert.Equal(words, ConfigurationTable.Cells("| Setting | Ours |").Select(cells => $"| {string.Join(" | ", cells)} |"));

        static string Code(string? word) => word is null ? "–" : $"`{word}`";
    }

    [Fact]
    public void Every_setting_of_the_agent_stands_there_with_its_default()
    {
        var defaults = new AgentOptions();
        var settings = from property in typeof(AgentOptions).GetProperties()
                       where property.CanWrite || property.Name == nameof(AgentOptions.Cameras)
                       select (property.Name, Default: property.GetValue(defaults) is { } value and not IList<string> ? $"`{string.Create(null, $"{value}")}`" : "");
        Assert.Equal(settings.OrderBy(setting => setting.Name, StringComparer.Ordinal),
            ConfigurationTable.Cells("| Setting | Option | Default |").Select(cells => (Name: cells[0].Trim('`'), Default: cells[2])).OrderBy(setting => setting.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_limit_of_the_receiver_stands_there_with_its_default()
    {
        var defaults = new PiStereoLink.Receiver.Link.FrameLimits();
        var limits = typeof(PiStereoLink.Receiver.Link.FrameLimits).GetProperties().Select(property => (property.Name, Default: $"`{string.Create(null, $"{property.GetValue(defaults)}")}`"));
        Assert.Equal(limits.OrderBy(limit => limit.Name, StringComparer.Ordinal),
            ConfigurationTable.Cells("| Limit | Option | Default |").Select(cells => (Name: cells[0].Trim('`'), Default: cells[2])).OrderBy(limit => limit.Name, StringComparer.Ordinal));
    }

    private static string StillLine(CameraProgram program, PictureSettings pictures) =>
        $" {string.Join(' ', StillProgram.Arguments(program, 0, pictures, TimeSpan.FromSeconds(2), "picture.jpg", program.WritesMetadata ? "picture.json" : null))} ";

    private static string VideoLine(CameraProgram program, PictureSettings pictures) =>
        $" {string.Join(' ', program.VideoArguments(0, pictures, program.WritesMetadata ? "picture.json" : null))} ";

    /// <summary>The files that examples name.</summary>
    private sealed class ExampleFiles : IDisposable
    {
        private static readonly Dictionary<string, string> Contents = new()
        {
            ["light.json"] = """{"shutter":19987,"gain":2.5,"awbgains":[1.9,1.6]}""",
            ["imx219.json"] = "{}",
        };

        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pistereolink-");

        public ExampleFiles()
        {
            foreach (var (name, text) in Contents)
                File.WriteAllText(Path.Combine(folder.FullName, name), text);
        }

        public PictureSettings Apply(string[] words, PictureSettings to)
        {
            for (var i = 0; i < words.Length; i++)
            {
                var setting = PictureSettingTable.Still.Concat(PictureSettingTable.Video).First(setting => setting.Option == words[i]);
                var value = setting.Value is null ? "true" : words[++i];
                to = setting.Read(Contents.ContainsKey(value) ? Path.Combine(folder.FullName, value) : value)(to);
            }
            return to;
        }

        /// <summary>A line with the files' names alone.</summary>
        public string Named(string line) => line.Replace(folder.FullName + "/", "", StringComparison.Ordinal);

        public void Dispose() => folder.Delete(recursive: true);
    }
}
