namespace PiStereoLink.SimulatedCamera.RpicamVid;

/// <summary>The options that rpicam-vid knows; what it does not know is refused here as there.</summary>
internal sealed class OptionTable
{
    // Each as name, or name and letter. Those after "=" stand for a value that the option takes when none is given.
    private const string Words = """
        help,h=1 version=1 list-cameras=1 camera verbose,v=2 config,c=config.txt info-text width height timeout,t output,o
        post-process-file post-process-libs nopreview,n=1 preview,p fullscreen,f=1 qt-preview=1 preview-libs encoder-libs
        hflip=1 vflip=1 rotation roi shutter analoggain gain metering exposure ev awb awbgains ccm flush=1 wrap
        brightness contrast saturation sharpness framerate denoise viewfinder-width viewfinder-height tuning-file
        lores-width lores-height lores-par=1 mode viewfinder-mode buffer-count viewfinder-buffer-count no-raw=1
        autofocus-mode autofocus-range autofocus-speed autofocus-window lens-position hdr=auto
        metadata metadata-format flicker-period
        bitrate,b profile level intra,g inline=1 codec save-pts quality,q listen,l=1 keypress,k=1 signal,s=1 initial,i
        split=1 segment circular=4 frames low-latency=1 sync
        libav-video-codec libav-video-codec-opts libav-format libav-audio=1 audio-codec audio-source audio-device
        audio-channels audio-bitrate audio-samplerate av-sync
        """;

    private readonly Dictionary<string, string?> implicitValues = [];
    private readonly Dictionary<string, string> letters = [];

    public OptionTable()
    {
        foreach (var word in Words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var (names, implicitValue) = word.Split('=') is [var left, var right] ? (left, right) : (word, null);
            var parts = names.Split(',');
            implicitValues[parts[0]] = implicitValue;
            if (parts.Length == 2)
                letters["-" + parts[1]] = parts[0];
        }
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
}
