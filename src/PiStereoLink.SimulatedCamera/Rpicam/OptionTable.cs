namespace PiStereoLink.SimulatedCamera.Rpicam;

/// <summary>The options that a program of some generation knows; what it does not know is refused here as there.</summary>
internal sealed class OptionTable
{
    /// <summary>What all programs of the suite know.</summary>
    /// <remarks>
    /// Each as name, or name and letter. After "=" stands the value that the option takes when none is given, after "@"
    /// the month it came.
    /// </remarks>
    public const string Common = """
        help,h=1 version=1 list-cameras=1@2021-11 camera@2021-11 verbose,v=2 config,c=config.txt info-text width height timeout,t output,o
        post-process-file post-process-libs@2024-05 nopreview,n=1 preview,p fullscreen,f=1 qt-preview=1 preview-libs@2025-07 preview-backend@2026-07
        hflip=1 vflip=1 rotation roi shutter analoggain gain metering exposure ev awb awbgains ccm@2025-09 flush=1 wrap
        brightness contrast saturation sharpness framerate denoise viewfinder-width viewfinder-height tuning-file
        lores-width lores-height lores-par=1 mode viewfinder-mode buffer-count@2022-11 viewfinder-buffer-count@2022-11 no-raw=1@2023-10
        autofocus-mode@2022-11 autofocus-range@2022-11 autofocus-speed@2022-11 autofocus-window@2022-11 lens-position@2022-11
        hdr=auto@2023-01 metadata-format@2022-09 flicker-period@2023-07
        """;

    /// <summary>What the video program knows besides.</summary>
    public const string Video = """
        encoder-libs@2025-07 metadata@2022-09 bitrate,b profile level intra,g inline=1 codec save-pts quality,q listen,l=1 keypress,k=1 signal,s=1 initial,i
        split=1 segment circular=4 frames@2021-11 low-latency=1@2024-12 sync@2025-01
        libav-video-codec libav-video-codec-opts libav-format libav-audio=1 audio-codec audio-source audio-device
        audio-channels audio-bitrate audio-samplerate av-sync
        """;

    /// <summary>What the program for stills knows besides.</summary>
    public const string Still = """
        metadata@2022-06 quality,q exif,x timelapse framestart datetime=1 timestamp=1 restart keypress,k=1 signal,s=1 thumb encoding,e
        raw,r=1 latest immediate=1@2021-09 autofocus-on-capture=1@2022-11 zsl=1@2023-10
        """;

    private readonly Dictionary<string, string?> implicitValues = [];
    private readonly Dictionary<string, string> letters = [];

    public OptionTable(Generation generation, params ReadOnlySpan<string> groups)
    {
        foreach (var group in groups)
            foreach (var word in group.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
                Add(word, generation);
    }

    /// <summary>The long name of an option written as --name, as its first letters as far as they leave no doubt, or as -letter.</summary>
    public string Find(string written)
    {
        if (letters.TryGetValue(written, out var name))
            return name;
        if (written.StartsWith("--", StringComparison.Ordinal))
        {
            name = written[2..];
            if (implicitValues.ContainsKey(name))
                return name;
            var meant = implicitValues.Keys.Where(known => known.StartsWith(name, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
            if (meant.Length == 1)
                return meant[0];
            if (meant.Length > 1)
                throw new CameraException($"option '{written}' is ambiguous and matches {string.Join(", and ", meant.Select(known => $"'--{known}'"))}");
        }
        throw new CameraException($"unrecognised option '{written}'");
    }

    /// <summary>The value of an option that was given without one, or null where it needs one.</summary>
    public string? ImplicitValue(string name) => implicitValues[name];

    /// <summary>Whether a word is itself an option; boost does not take such a word as another option's value.</summary>
    public bool Knows(string word) =>
        letters.ContainsKey(word.Length > 1 ? word[..2] : word) ||
        word.StartsWith("--", StringComparison.Ordinal) && implicitValues.ContainsKey(word[2..].Split('=')[0]);

    private void Add(string word, Generation generation)
    {
        var (rest, since) = word.Split('@') is [var before, var month] ? (before, month) : (word, "");
        if (!generation.Since(since))
            return;
        var (names, implicitValue) = rest.Split('=') is [var left, var right] ? (left, right) : (rest, null);
        var parts = names.Split(',');
        implicitValues[parts[0]] = implicitValue;
        if (parts.Length == 2)
            letters["-" + parts[1]] = parts[0];
    }
}
