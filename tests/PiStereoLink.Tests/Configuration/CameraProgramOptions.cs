namespace PiStereoLink.Tests.Configuration;

/// <summary>An option of the real camera programs.</summary>
/// <param name="Name">Its long name, without dashes.</param>
/// <param name="Short">Its short one, or empty.</param>
/// <param name="Value">A value that it takes; null for a switch.</param>
/// <param name="Programs">Who has it, and since which month: still, vid of rpicam-* and libcamera-*; raspistill, raspiyuv, raspivid, raspividyuv.</param>
internal sealed record CameraProgramOption(string Name, string Short, string? Value, IReadOnlyDictionary<string, string> Programs);

/// <summary>
/// What the real programs have, by their own sources: rpicam-apps' core/options.cpp, core/still_options.hpp and core/video_options.hpp,
/// and the userland's raspicam folder. Each as name,short=value@month; a value says that it takes one.
/// </summary>
internal static class CameraProgramOptions
{
    public static readonly string[] RpicamPrograms = ["still", "vid"], RaspiPrograms = ["raspistill", "raspiyuv", "raspivid", "raspividyuv"];

    public static readonly CameraProgramOption[] Rpicam = Read(
        ("still vid", """
            help,h version list-cameras@2021-11 camera=0@2021-11 verbose,v config,c info-text=x width=64 height=64 timeout,t=1 output,o=x
            post-process-file=x post-process-libs=x@2024-05 nopreview,n preview,p=0,0,1,1 fullscreen,f qt-preview preview-libs=x@2025-07
            preview-backend=x@2026-07 hflip vflip rotation=180 roi=0,0,1,1 shutter=1 analoggain=1 gain=1 metering=spot exposure=sport ev=0
            awb=cloudy awbgains=1,1 ccm=x@2025-09 flush wrap=0 brightness=0 contrast=1 saturation=1 sharpness=1 framerate=30 denoise=off
            viewfinder-width=64 viewfinder-height=64 tuning-file=x lores-width=64 lores-height=64 lores-par mode=640:480
            viewfinder-mode=640:480 buffer-count=4@2022-11 viewfinder-buffer-count=4@2022-11 no-raw@2023-10 autofocus-mode=auto@2022-11
            autofocus-range=full@2022-11 autofocus-speed=fast@2022-11 autofocus-window=0,0,1,1@2022-11 lens-position=1@2022-11
            hdr=off@2023-01 metadata-format=json@2022-09 flicker-period=10000@2023-07
            """),
        ("still", """
            metadata=x@2022-06 quality,q=90 exif,x=a timelapse=0 framestart=0 datetime timestamp restart=0 keypress,k signal,s thumb=none
            encoding,e=jpg raw,r latest=x immediate@2021-09 autofocus-on-capture@2022-11 zsl@2023-10
            """),
        ("vid", """
            metadata=x@2022-09 quality,q=90 bitrate,b=1000000 profile=main level=4 intra,g=30 inline codec=mjpeg save-pts=x listen,l keypress,k
            signal,s initial,i=record split segment=0 circular frames=1@2021-11 low-latency@2024-12 sync=off@2025-01 encoder-libs=x@2025-07
            libav-video-codec=x libav-video-codec-opts=x libav-format=x libav-audio audio-codec=x audio-source=x audio-device=x
            audio-channels=1 audio-bitrate=1 audio-samplerate=1 av-sync=0
            """));

    public static readonly CameraProgramOption[] Raspi = Read(
        ("raspistill raspiyuv raspivid raspividyuv", """
            help,? width,w=64 height,h=64 output,o=x verbose,v camselect,cs=0 mode,md=0 settings,set gpsdexif,gps timeout,t=1 sharpness,sh=0
            contrast,co=0 brightness,br=50 saturation,sa=0 ISO,ISO=100 vstab,vs ev,ev=0 exposure,ex=auto flicker,fli=off awb,awb=auto
            imxfx,ifx=none colfx,cfx=128:128 metering,mm=spot rotation,rot=0 hflip,hf vflip,vf roi,roi=0,0,1,1 shutter,ss=1 awbgains,awbg=1,1
            drc,drc=off stats,st annotate,a=4 annotateex,ae=32 stereo,3d=off decimate,dec 3dswap,3dswap analoggain,ag=1 digitalgain,dg=1
            focus,fw preview,p=0,0,1,1 fullscreen,f opacity,op=1 nopreview,n dispnum,dn=0 keypress,k signal,s
            """),
        ("raspistill raspiyuv", "latest,l=x timelapse,tl=1000 fullpreview,fp burst,bm"),
        ("raspistill", """
            quality,q=90 raw,r thumb,th=none encoding,e=jpg exif,x=none gl,g glcapture,gc datetime,dt timestamp,ts framestart,fs=0
            restart,rs=0
            """),
        ("raspiyuv", "bgr,bgr"),
        ("raspiyuv raspividyuv", "rgb,rgb luma,y"),
        ("raspistill raspivid raspividyuv", "demo,d=1"),
        ("raspivid raspividyuv", "framerate,fps=30 timed,td=1,1 initial,i=record save-pts,pts=x listen,l"),
        ("raspivid", """
            bitrate,b=1000000 penc,e intra,g=30 profile,pf=main qp,qp=20 inline,ih segment,sg=1000 wrap,wr=9 start,sn=1 split,sp circular,c
            vectors,x=x irefresh,if=both flush,fl codec,cd=MJPEG level,lev=4 raw,r=x raw-format,rf=yuv spstimings,stm slices,sl=1
            """));

    private static CameraProgramOption[] Read(params (string Programs, string Options)[] groups) =>
    [
        .. from @group in groups
           from word in @group.Options.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
           let since = word.Split('@')
           let value = since[0].Split('=', 2)
           let names = value[0].Split(',')
           from program in @group.Programs.Split(' ')
           select (Key: (Name: names[0], Short: names.Length > 1 ? names[1] : "", Value: value.Length > 1 ? value[1] : null), Program: program, Since: since.Length > 1 ? since[1] : "")
           into one
           group one by one.Key
           into option
           select new CameraProgramOption(option.Key.Name, option.Key.Short, option.Key.Value, option.ToDictionary(one => one.Program, one => one.Since)),
    ];
}
