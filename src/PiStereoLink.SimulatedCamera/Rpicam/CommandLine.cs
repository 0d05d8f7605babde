namespace PiStereoLink.SimulatedCamera.Rpicam;

/// <summary>Reads a command line as boost's program_options does, its refusals included.</summary>
internal static class CommandLine
{
    /// <summary>The options given, by long name; the last one counts where one is given twice.</summary>
    public static Dictionary<string, string> Parse(string[] args, OptionTable table)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i++)
        {
            var word = args[i];
            string name;
            string? value;
            if (word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2)
            {
                var equals = word.IndexOf('=', StringComparison.Ordinal);
                name = table.Find(equals < 0 ? word : word[..equals]);
                value = equals < 0 ? null : word[(equals + 1)..];
            }
            else if (word.StartsWith('-') && word.Length > 1)
            {
                name = table.Find(word[..2]);
                value = word.Length > 2 ? word[2..] : null;
            }
            else
            {
                // The real program names no positional arguments, and boost drops such words without a sound.
                continue;
            }

            // An option with an implicit value takes another only from its own word: of "-v 0" the 0 is dropped.
            value ??= table.ImplicitValue(name);
            if (value is null && (i + 1 == args.Length || table.Knows(args[i + 1])))
                throw new CameraException($"the required argument for option '--{name}' is missing");
            given[name] = value ?? args[++i];
        }
        return given;
    }
}
