using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PiStereoLink.Agent;

/// <summary>All findings, as a table or as JSON.</summary>
internal static class DoctorReport
{
    public static string ToTable(IReadOnlyList<(string Check, Finding Finding)> findings)
    {
        var (verdicts, checks) = (findings.Max(found => Word(found.Finding).Length), findings.Max(found => found.Check.Length));
        var indent = new string(' ', verdicts + checks + 4);
        var table = new StringBuilder();
        foreach (var (check, finding) in findings)
        {
            table.Append(Word(finding).PadRight(verdicts)).Append("  ").Append(check.PadRight(checks)).Append("  ").Append(finding.Found).Append('\n');
            if (finding.ToDo is not null)
                table.Append(indent).Append("-> ").Append(finding.ToDo).Append('\n');
        }
        return table.ToString();
    }

    public static string ToJson(IReadOnlyList<(string Check, Finding Finding)> findings)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (var (check, finding) in findings)
            {
                json.WriteStartObject();
                json.WriteString("check"u8, check);
                json.WriteString("verdict"u8, Word(finding));
                json.WriteString("found"u8, finding.Found);
                json.WriteString("toDo"u8, finding.ToDo);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static string Word(Finding finding) => finding.Verdict.ToString().ToLowerInvariant();
}
