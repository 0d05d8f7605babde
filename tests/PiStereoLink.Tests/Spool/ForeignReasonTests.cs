using System.Text;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Spool;

/// <summary>What a receiver says stands in the agent's log as one harmless line.</summary>
public class ForeignReasonTests
{
    [Theory]
    [InlineData(true, "cannot take frame")]
    [InlineData(false, "refused frame")]
    public async Task A_reason_is_shown_with_its_escapes_and_cut(bool retry, string told)
    {
        using var folder = new CameraFolder();
        folder.Camera(Pictures.Skeleton());
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port, "--drain", "0");
        using var wire = await receiver.AcceptAsync();
        using var stream = new AckStream(wire);
        var frame = await stream.ReadAsync();
        await stream.SayAsync(AckStream.Hello);
        // A line of the wire as JSON has it, and one that is too long for a line: that is skipped whole.
        var why = """\u001b[2J\u0007\r\nWarning: \u202eall is lost\u2066""" + new string('x', 200);
        await wire.Wire.WriteAsync(Encoding.UTF8.GetBytes($$"""{"nack":"{{frame!.Identity}}","why":"{{new string('y', 10_240)}}\u001b","retry":false}""" + "\n"), TestContext.Current.CancellationToken);
        await wire.Wire.WriteAsync(Encoding.UTF8.GetBytes($$"""{"nack":"{{frame.Identity}}","why":"{{why}}","retry":{{(retry ? "true" : "false")}}}""" + "\n"), TestContext.Current.CancellationToken);

        var line = await agent.SaysAsync(told);
        Assert.Contains(@": \u{1b}[2J\u{7}\u{d}\u{a}Warning: \u{202e}all is lost\u{2066}xxx", line, StringComparison.Ordinal);
        Assert.Contains("x... (", line, StringComparison.Ordinal);
        Assert.DoesNotContain("yyy", agent.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(agent.Said, static c => char.IsControl(c) && c != '\n');
    }
}
