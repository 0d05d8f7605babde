namespace PiStereoLink.Agent;

/// <summary>The words that a setting can have, and what each camera program calls them; null where it has no such thing.</summary>
/// <param name="Setting">The option they belong to.</param>
/// <param name="Words">Our word, rpicam's (and libcamera's), raspistill's and raspivid's.</param>
public sealed record Vocabulary(string Setting, params (string Ours, string? Rpicam, string? Raspi)[] Words)
{
    public static readonly Vocabulary Encoding = new("--encoding",
        ("jpg", "jpg", "jpg"), ("png", "png", "png"), ("bmp", "bmp", "bmp"), ("gif", null, "gif"), ("rgb", "rgb", "rgb"), ("yuv420", "yuv420", "yuv420"));

    public static readonly Vocabulary Exposure = new("--exposure",
        ("normal", "normal", "auto"), ("sport", "sport", "sports"), ("long", "long", "verylong"), ("custom", "custom", null),
        ("night", null, "night"), ("nightpreview", null, "nightpreview"), ("backlight", null, "backlight"), ("spotlight", null, "spotlight"),
        ("snow", null, "snow"), ("beach", null, "beach"), ("fixedfps", null, "fixedfps"), ("antishake", null, "antishake"), ("fireworks", null, "fireworks"));

    // What raspistill calls average looks at the middle; its matrix looks at everything.
    public static readonly Vocabulary Metering = new("--metering",
        ("centre", "centre", "average"), ("spot", "spot", "spot"), ("average", "average", "matrix"), ("custom", "custom", null), ("backlit", null, "backlit"));

    public static readonly Vocabulary WhiteBalance = new("--awb",
        ("auto", "auto", "auto"), ("incandescent", "incandescent", "incandescent"), ("tungsten", "tungsten", "tungsten"),
        ("fluorescent", "fluorescent", "fluorescent"), ("indoor", "indoor", null), ("daylight", "daylight", "sun"), ("cloudy", "cloudy", "cloud"),
        ("custom", "custom", null), ("shade", null, "shade"), ("flash", null, "flash"), ("horizon", null, "horizon"), ("greyworld", null, "greyworld"));

    public static readonly Vocabulary Denoise = OfRpicam("--denoise", "auto", "off", "cdn_off", "cdn_fast", "cdn_hq");

    public static readonly Vocabulary Hdr = OfRpicam("--hdr", "off", "auto", "sensor", "single-exp");

    public static readonly Vocabulary AutofocusMode = OfRpicam("--autofocus-mode", "default", "manual", "auto", "continuous");

    public static readonly Vocabulary AutofocusRange = OfRpicam("--autofocus-range", "normal", "macro", "full");

    public static readonly Vocabulary AutofocusSpeed = OfRpicam("--autofocus-speed", "normal", "fast");

    public static readonly Vocabulary Sync = OfRpicam("--sync", "off", "server", "client");

    public static readonly Vocabulary ImageEffect = OfRaspi("--image-effect", "none", "negative", "solarise", "sketch", "denoise", "emboss", "oilpaint", "hatch",
        "gpen", "pastel", "watercolour", "film", "blur", "saturation", "colourswap", "washedout", "posterise", "colourpoint", "colourbalance", "cartoon");

    public IEnumerable<string> All => Words.Select(word => word.Ours);

    /// <summary>Every word, for help and refusals.</summary>
    public string Choice => $"{string.Join(", ", All.SkipLast(1))} or {All.Last()}";

    private static Vocabulary OfRpicam(string setting, params string[] words) => new(setting, Array.ConvertAll(words, word => (word, (string?)word, (string?)null)));

    private static Vocabulary OfRaspi(string setting, params string[] words) => new(setting, Array.ConvertAll(words, word => (word, (string?)null, (string?)word)));
}
