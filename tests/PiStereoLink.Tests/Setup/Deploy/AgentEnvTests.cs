using PiStereoLink.Receiver.Setup.Deploy;

namespace PiStereoLink.Tests.Setup.Deploy;

/// <summary>The settings file of the service: what is asked for is changed, and nothing else.</summary>
public sealed class AgentEnvTests
{
    private const string Text = "# mine\nPISTEREOLINK_Agent__To=a:8000\n\n#PISTEREOLINK_Agent__Width=1280\nPISTEREOLINK_Agent__Cameras__0=0\nPISTEREOLINK_Agent__Cameras__1=1\nOTHER=x\n";

    [Fact]
    public void A_setting_is_changed_in_its_place_or_added_at_the_end() =>
        Assert.Equal("# mine\n#PISTEREOLINK_Agent__To=a:8000\n\nPISTEREOLINK_Agent__Width=640\nPISTEREOLINK_Agent__Cameras__0=0\nPISTEREOLINK_Agent__Cameras__1=1\nOTHER=x\nPISTEREOLINK_Agent__Node=garden\n",
            AgentEnv.With(Text, [new("To", null), new("Width", "640"), new("Node", "garden")]));

    [Fact]
    public void The_same_again_changes_nothing()
    {
        KeyValuePair<string, string?>[] settings = [new("To", null), new("Width", "640"), new("Node", "garden")];
        var once = AgentEnv.With(Text, settings);
        Assert.Equal(once, AgentEnv.With(once, settings));
    }

    [Fact]
    public void Cameras_that_are_not_asked_for_any_more_go()
    {
        var text = AgentEnv.With(Text, AgentEnv.Cameras(Text, ["imx708"]));
        Assert.Equal("imx708", AgentEnv.Of(text, "Cameras__0"));
        Assert.Null(AgentEnv.Of(text, "Cameras__1"));
    }

    [Theory]
    [InlineData("Framerate")]
    [InlineData("Framerate=")]
    [InlineData("=15")]
    [InlineData("A B=1")]
    [InlineData("Node=\"a\"")]
    [InlineData("Node=a\nPATH=/tmp")]
    [InlineData("Node=a\\")]
    public void What_could_break_the_file_is_refused(string text) =>
        Assert.Contains("NAME=VALUE is needed", Assert.Throws<FormatException>(() => AgentEnv.Parse(text)).Message, StringComparison.Ordinal);
}
