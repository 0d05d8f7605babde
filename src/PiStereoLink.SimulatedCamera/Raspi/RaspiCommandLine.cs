using System.Globalization;

namespace PiStereoLink.SimulatedCamera.Raspi;

/// <summary>Reads a command line as raspistill, raspiyuv, raspivid and raspividyuv do: each option as -short or --long, its value in the next word.</summary>
internal sealed class RaspiCommandLine
{
    /// <summary>What all know, as long,short; "+" is followed by a value.</summary>
    public const string Common = """
        help,? width,w+ height,h+ output,o+ verbose,v camselect,cs+ mode,md+ settings,set gpsdexif,gps timeout,t+
        sharpness,sh+ contrast,co+ brightness,br+ saturation,sa+ ISO,ISO+ vstab,vs ev,ev+ exposure,ex+ flicker,fli+ awb,awb+
        imxfx,ifx+ colfx,cfx+ metering,mm+ rotation,rot+ hflip,hf vflip,vf roi,roi+ shutter,ss+ awbgains,awbg+ drc,drc+ stats,st
        focus,fw annotate,a+ annotateex,ae+ stereo,3d+ decimate,dec 3dswap,3dswap analoggain,ag+ digitalgain,dg+
        preview,p+ fullscreen,f opacity,op+ nopreview,n dispnum,dn+
        """;

    public const string Still = """
        quality,q+ raw,r latest,l+ thumb,th+ demo,d+ encoding,e+ exif,x+ timelapse,tl+ fullpreview,fp keypress,k signal,s gl,g glcapture,gc
        burst,bm datetime,dt timestamp,ts framestart,fs+ restart,rs+
        """;

    /// <summary>What raspiyuv knows besides.</summary>
    public const string RawStill = """
        latest,l+ timelapse,tl+ fullpreview,fp keypress,k signal,s burst,bm rgb,rgb bgr,bgr luma,y
        """;

    public const string Video = """
        demo,d+ bitrate,b+ framerate,fps+ penc,e intra,g+ profile,pf+ timed,td+ signal,s keypress,k initial,i+ qp,qp+ inline,ih segment,sg+
        wrap,wr+ start,sn+ split,sp circular,c vectors,x+ codec,cd+ irefresh,if+ raw,r+ raw-format,rf+ listen,l save-pts,pts+ flush,fl level,lev+ spstimings,stm slices,sl+
        """;

    /// <summary>What raspividyuv knows besides.</summary>
    public const string RawVideo = """
        demo,d+ framerate,fps+ timed,td+ signal,s keypress,k initial,i+ luma,y rgb,rgb save-pts,pts+ listen,l
        """;

    private readonly Dictionary<string, string> given = [];

    public RaspiCommandLine(string[] args, params ReadOnlySpan<string> groups)
    {
        var names = new Dictionary<string, (string Name, bool HasValue)>();
        foreach (var group in groups)
            foreach (var word in group.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
            {
                var parts = word.TrimEnd('+').Split(',');
                names["--" + parts[0]] = names["-" + parts[1]] = (parts[0], word.EndsWith('+'));
            }
        for (var i = 0; i < args.Length; i++)
        {
            if (!names.TryGetValue(args[i], out var option) || option.HasValue && i + 1 == args.Length)
                throw new UsageException(args[i]);
            given[option.Name] = option.HasValue ? args[++i] : "";
        }
    }

    public bool Has(string name) => given.ContainsKey(name);

    public string? Text(string name) => given.GetValueOrDefault(name);

    /// <summary>A whole number from <paramref name="least"/> on.</summary>
    public int Whole(string name, int otherwise, int least = 0) => Number(name) is not { } number ? otherwise
        : number >= least && number == Math.Truncate(number) && number <= int.MaxValue ? (int)number
        : throw new UsageException("--" + name);

    public double? Number(string name) => Text(name) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw new UsageException("--" + name);

    /// <summary>So many numbers with commas between.</summary>
    public double[]? Numbers(string name, int count)
    {
        if (Text(name) is not { } text)
            return null;
        var parts = text.Split(',');
        var numbers = parts.Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToArray();
        return numbers.Length == count && !numbers.Any(double.IsNaN) ? numbers : throw new UsageException("--" + name);
    }

    /// <summary>One of some words, in exactly this spelling.</summary>
    public string Word(string name, string otherwise, params ReadOnlySpan<string> words)
    {
        var word = Text(name) ?? otherwise;
        return words.Contains(word) ? word : throw new UsageException("--" + name);
    }
}
