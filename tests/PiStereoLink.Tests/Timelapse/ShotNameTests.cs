using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Timelapse;

public class ShotNameTests
{
    private static readonly DateTime At = new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Local).AddMicroseconds(89);

    [Theory]
    [InlineData("image%04d.jpg", "image0042.jpg")]
    [InlineData("a%d.jpg", "a42.jpg")]
    [InlineData("img{counter:03d}.jpg", "img042.jpg")]
    [InlineData("img{counter}.jpg", "img42.jpg")]
    [InlineData("{timestamp:%Y-%m-%d-%H-%M}.jpg", "2026-03-04-05-06.jpg")]
    [InlineData("{timestamp:%y%j_%H%M%S.%f}-{counter:5d}.png", "26063_050607.000089-00042.png")]
    [InlineData("100%%-%02d.jpg", "100%-42.jpg")]
    [InlineData("{timestamp:%Y}/{timestamp:%m}/%03d.jpg", "2026/03/042.jpg")]
    public void A_template_names_each_shot(string template, string name) => Assert.Equal(name, new ShotName(template).Of(42, At));

    [Theory]
    [InlineData("image.jpg", "names one file for every shot")]
    [InlineData("%s.jpg%d", "holds '%s.jpg'")]
    [InlineData("{frame}%d", "holds '{frame}'")]
    [InlineData("{timestamp:%Q}", "%Q in a timestamp is not known")]
    public void A_template_that_cannot_work_is_refused(string template, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => new ShotName(template)).Message, StringComparison.Ordinal);

    [Fact]
    public void No_name_is_given_twice()
    {
        var folder = Directory.CreateTempSubdirectory("psl-names-");
        try
        {
            var path = Path.Combine(folder.FullName, "a.b.jpg");
            for (var n = 1; n <= 3; n++)
            {
                var free = ShotName.Free(path);
                Assert.Equal(n == 1 ? "a.b.jpg" : $"a.b-{n}.jpg", Path.GetFileName(free));
                File.WriteAllText(free, "");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("07:00-19:30", "07:00", true)]
    [InlineData("07:00-19:30", "19:30", false)]
    [InlineData("22:00-04:00", "23:59", true)]
    [InlineData("22:00-04:00", "03:59", true)]
    [InlineData("22:00-04:00", "12:00", false)]
    public void A_window_of_the_day_may_run_over_midnight(string window, string time, bool inside) =>
        Assert.Equal(inside, DayWindow.Allow([DayWindow.Parse(window)], TimeOnly.ParseExact(time, "HH:mm", System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("7-19")]
    [InlineData("07:00-07:00")]
    [InlineData("07:00-25:00")]
    public void A_window_that_is_none_is_refused(string window) =>
        Assert.Contains("HH:MM-HH:MM", Assert.Throws<FormatException>(() => DayWindow.Parse(window)).Message, StringComparison.Ordinal);

    [Fact]
    public void Only_as_many_shots_are_kept_as_asked_for()
    {
        var folder = Directory.CreateTempSubdirectory("psl-shots-");
        try
        {
            var shots = new ShotFolder(folder.FullName, keep: 3, minFreeBytes: 100, _ => folder.GetFiles().Length < 3 ? 1000 : 50);
            Assert.True(shots.HasRoom());
            for (var i = 0; i < 5; i++)
            {
                var path = Path.Combine(folder.FullName, $"{i}.jpg");
                File.WriteAllText(path, "");
                shots.Add(path);
            }
            Assert.Equal(["2.jpg", "3.jpg", "4.jpg"], folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
            Assert.Equal(2, shots.Deleted);
            Assert.False(shots.HasRoom());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
