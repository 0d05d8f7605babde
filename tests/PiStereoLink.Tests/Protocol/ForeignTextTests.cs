using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Protocol;

/// <summary>What strangers may put into a line of a log.</summary>
public class ForeignTextTests
{
    [Theory]
    [InlineData("quota", "quota")]
    [InlineData("zu groß, 日本 👍", "zu groß, 日本 👍")]
    [InlineData("\u001b[2J\u001b]0;title\u0007", @"\u{1b}[2J\u{1b}]0;title\u{7}")]
    [InlineData("one\r\nFAKE: two\u0085\u2028\u2029", @"one\u{d}\u{a}FAKE: two\u{85}\u{2028}\u{2029}")]
    [InlineData("a\u202etxt.exe\u2066\u200f\u200b\ufeff", @"a\u{202e}txt.exe\u{2066}\u{200f}\u{200b}\u{feff}")]
    [InlineData("\\u{1b}", @"\\u{1b}")]         // nobody can write what only an escape looks like
    [InlineData("\u00a0\t\0\u007f\u009b", @"\u{a0}\u{9}\u{0}\u{7f}\u{9b}")]
    [InlineData(null, "")]
    public void What_is_not_seen_is_shown_by_its_number(string? text, string shown) => Assert.Equal(shown, ForeignText.Shown(text));

    [Fact]
    public void Half_a_pair_does_no_harm() => Assert.Equal("\ufffd", ForeignText.Shown("\ud83d"));

    [Fact]
    public void A_long_text_is_cut_and_its_length_told()
    {
        Assert.Equal(new string('x', ForeignText.MaxCharacters), ForeignText.Shown(new string('x', ForeignText.MaxCharacters)));
        Assert.Equal(new string('x', ForeignText.MaxCharacters) + "... (10240 characters)", ForeignText.Shown(new string('x', 10_240)));
        Assert.InRange(ForeignText.Shown(new string('\u001b', 10_240)).Length, 1, 1000);
    }
}
