using System.Globalization;
using System.Text;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Fuzzing;

/// <summary>The JSON of a stamp's user comment as another program might write it: in any order, with spaces and with fields that nobody knows.</summary>
internal sealed class MadeUpComment(Draw draw)
{
    private readonly StringBuilder text = new();
    private readonly List<string> fields = [];

    /// <summary>One that reads as <paramref name="stamp"/>.</summary>
    public ReadOnlySpan<byte> Sound(in Stamp stamp)
    {
        Fields(stamp);
        return Joined();
    }

    /// <summary>One with a field too few, twice, of another kind, or out of range, or with the end missing.</summary>
    public ReadOnlySpan<byte> Odd(in Stamp stamp)
    {
        Fields(stamp);
        var at = draw.Below(fields.Count);
        var name = fields[at][..(fields[at].IndexOf(':', StringComparison.Ordinal) + 1)];
        switch (draw.Below(4))
        {
            case 0: fields.RemoveAt(at); break;
            case 1: fields.Add(fields[at]); break;
            default: fields[at] = name + OddValue(); break;
        }
        var json = Joined();
        return draw.OneIn(4) ? json[..draw.Below(json.Length)] : json;
    }

    private string OddValue() => draw.Pick<string>([
        "null", "true", "[]", "{}", "\"\"", "\"x/y\"", "-1", "1e400", "1.5", "99999999999999999999999", "-9223372036854775808", "9223372036854775807",
        "\"\\ud800\"", "\"\\u0000\"", "[[[[[[1]]]]]]", "{\"seq\":{\"clk\":{\"clk\":{}}}}", "\"NaN\"", "1e-400", "0x10", "", "\"unfinished"]);

    private void Fields(in Stamp stamp)
    {
        fields.Clear();
        fields.Add($"\"v\":{Stamp.Version}");
        fields.Add($"\"node\":\"{stamp.Camera.Node}\"");
        fields.Add($"\"cam\":\"{stamp.Camera.Camera}\"");
        fields.Add($"\"run\":{stamp.Identity.Run}");
        fields.Add($"\"seq\":{stamp.Identity.Sequence}");
        fields.Add($"\"utc_us\":{stamp.UtcMicroseconds}");
        if (draw.OneIn(2))
            fields.Add("\"later\":[1,{\"x\":\"y\"},null]");
        var clock = $"\"clk\":{{\"src\":\"{stamp.Clock.Source.ToString().ToLowerInvariant()}\"";
        if (stamp.Clock.OffsetMicroseconds is { } offset)
            clock += string.Create(CultureInfo.InvariantCulture, $", \"off_us\":{offset}");
        if (stamp.Clock.ErrorMicroseconds is { } error)
            clock += string.Create(CultureInfo.InvariantCulture, $",\"err_us\" : {error}");
        fields.Add(clock + "}");
        if (stamp.Boot is { } boot)
            fields.Add($"\"boot\":\"{boot}\"");
        if (stamp.MonotonicNanoseconds is { } monotonic)
            fields.Add(string.Create(CultureInfo.InvariantCulture, $"\"mono_ns\":{monotonic}"));
        if (stamp.AnalogueGain is { } analogue)
            fields.Add(string.Create(CultureInfo.InvariantCulture, $"\"ag\":{analogue}"));
        if (stamp.DigitalGain is { } digital)
            fields.Add(string.Create(CultureInfo.InvariantCulture, $"\"dg\":{digital}"));
    }

    private byte[] Joined()
    {
        text.Clear().Append('{');
        for (var left = fields.Count; left > 0; left--)
        {
            var at = draw.Below(left);
            text.Append(text.Length > 1 ? "," : "").Append(draw.OneIn(6) ? " \n\t" : "").Append(fields[at]);
            (fields[at], fields[left - 1]) = (fields[left - 1], fields[at]);
        }
        return Encoding.UTF8.GetBytes(text.Append('}').ToString());
    }
}
