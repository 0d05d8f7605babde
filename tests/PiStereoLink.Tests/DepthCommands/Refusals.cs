using PiStereoLink.Vision;

namespace PiStereoLink.Tests.DepthCommands;

/// <summary>What cannot be: one sentence on stderr, exit code 1 or 2, and no file.</summary>
public sealed class Refusals : IDisposable
{
    private readonly Desk desk = new();

    public Refusals()
    {
        desk.Put("left.jpg", WallRig.Picture(right: false, 1));
        desk.Put("right.jpg", WallRig.Picture(right: true, 1));
        desk.Put("rig.npz", WallRig.Calibration());
        var small = new ColourPicture(320, 240, new Bgr[320 * 240]).EncodeJpeg();
        desk.Put("small.jpg", small);
        desk.Put("cut.jpg", File.ReadAllBytes(desk["left.jpg"])[..^2000]);
        using var picture = new OpenCvSharp.Mat(480, 640, OpenCvSharp.MatType.CV_8UC1, new OpenCvSharp.Scalar(7));
        desk.Put("cut.png", picture.ImEncode(".png")[..^8]);
        desk.Put("text.jpg", "This is no picture."u8.ToArray());
        desk.Put("bad.json", """{"matcher":"bm","blocksize":9}"""u8.ToArray());
        desk.Put("truth.pfm", [.. "Pf\n2 1\n-1\n"u8, 0, 0, 128, 63, 0, 0, 128, 63]);
    }

    public void Dispose() => desk.Dispose();

    public static TheoryData<int, string, string> Cases => new()
    {
        { 2, "disparity --left left.jpg --out d.pfm", "Option '--right' is required." },
        { 1, "disparity --left nowhere.jpg --right right.jpg --out d.pfm", "The left picture nowhere.jpg is not there; give a JPEG, PNG or PNM file." },
        { 1, "disparity --left . --right right.jpg --out d.pfm", "The left picture . is a folder; give a JPEG, PNG or PNM file." },
        { 1, "disparity --left left.jpg --right text.jpg --out d.pfm", "The right picture text.jpg is not a JPEG, PNG or PNM picture (19 bytes)." },
        { 1, "disparity --left cut.jpg --right right.jpg --out d.pfm", "The left picture cut.jpg is no whole JPEG: it ends before its end marker (truncated)." },
        { 1, "disparity --left left.jpg --right cut.png --out d.pfm", "The right picture cut.png is no whole PNG: it ends before its last chunk (truncated)." },
        { 1, "disparity --left left.jpg --right small.jpg --out d.pfm", "The left picture is 640x480, the right one 320x240; a pair has one size." },
        { 1, "disparity --left small.jpg --right small.jpg --calibration rig.npz --out d.pfm", "The pair is 320x240, but the calibration is for 640x480." },
        { 1, "disparity --left left.jpg --right right.jpg --calibration no.npz --out d.pfm", "The calibration no.npz is not there" },
        { 1, "disparity --left left.jpg --right right.jpg --calibration left.jpg --out d.pfm", "left.jpg" },
        { 1, "disparity --left left.jpg --right right.jpg --out nowhere/d.pfm", "nowhere of --out is not there; make it first." },
        { 2, "disparity --left left.jpg --right right.jpg --out d.tif", "--out is d.tif; a name that ends in .pfm or .png is allowed." },
        { 2, "disparity --left left.jpg --right right.jpg --out d.png --num-disparities 256", "reach 260 px, and a 16-bit .png holds less than 256 px" },
        { 2, "disparity --left left.jpg --right right.jpg --out d.pfm --block-size 20", "blockSize is 20; an odd number from 5 to 255 is allowed." },
        { 2, "disparity --left left.jpg --right right.jpg --out d.pfm --num-disparities 100", "numDisparities is 100; a positive multiple of 16 is allowed." },
        { 2, "disparity --left left.jpg --right right.jpg --out d.pfm --num-disparities 640", "the picture is 640 px wide." },
        { 2, "disparity --left left.jpg --right right.jpg --out d.pfm --matcher sgbm --p1 900 --p2 800", "p2 is 800 with p1 900; more than p1" },
        { 2, "disparity --left left.jpg --right right.jpg --out d.pfm --p1 8", "--p1 is no parameter of the matcher bm; it has --min-disparity," },
        { 2, "disparity --left left.jpg --right right.jpg --out d.pfm --matcher sgm", "The matcher is \"sgm\"; bm or sgbm is allowed." },
        { 2, "disparity --left left.jpg --right right.jpg --out d.pfm --matcher sgbm --mode hh4", "mode is \"hh4\"; sgbm, hh, 3way are allowed." },
        { 2, "disparity --left left.jpg --right right.jpg --out d.pfm --block-size many", "blockSize is \"many\"; a whole number is allowed." },
        { 2, "disparity --left left.jpg --right right.jpg --out d.pfm --filter wls", "--filter is \"wls\"; none, fgs or guided is allowed." },
        { 2, "disparity --left left.jpg --right right.jpg --out d.pfm --left-right-check -1", "The left-right check is -1 px; 0 to 2047 px is allowed." },
        { 2, "disparity --left left.jpg --right right.jpg --out d.pfm --threads 0", "--threads is 0; 1 to 256 is allowed." },
        { 2, "disparity --left left.jpg --right right.jpg --out d.pfm --repeat 0", "--repeat is 0; 1 to 100000 is allowed." },
        { 2, "disparity --left left.jpg --right right.jpg --out d.pfm --view v.png --colour-map pretty", "--colour-map is \"pretty\"; grey, autumn," },
        { 2, "disparity --left left.jpg --right right.jpg --out d.pfm --view v.png --view-white 0", "--view-white is 0; a number of px above 0 is allowed." },
        { 1, "disparity --left left.jpg --right right.jpg --out d.pfm --preset bad.json", "bad.json is no usable preset: the matcher bm has no \"blocksize\"; it has minDisparity" },
        { 1, "disparity --left left.jpg --right right.jpg --out d.pfm --preset no.json", "The preset no.json is not there" },
        { 2, "pointcloud --left left.jpg --right right.jpg --out c.ply", "The rig's calibration is missing: --calibration FILE.npz" },
        { 2, "pointcloud --left left.jpg --right right.jpg --calibration rig.npz --out c.ply --range 7:0.2", "--range is \"7:0.2\"; two distances in metres, the nearer first, as 0.2:7.5 are allowed." },
        { 2, "pointcloud --left left.jpg --right right.jpg --calibration rig.npz --out c.ply --roi 1,2,3", "--roi is \"1,2,3\"; x,y,width,height in px" },
        { 1, "pointcloud --left left.jpg --right right.jpg --calibration rig.npz --out c.ply --roi 600,0,41,10", "it must lie within the picture, which is 640x480." },
        { 2, "pointcloud --left left.jpg --right right.jpg --calibration rig.npz --out c.ply --decimate 0", "--decimate is 0; 1 to 1000 is allowed." },
        { 2, "pointcloud --left left.jpg --right right.jpg --calibration rig.npz --out c.obj", "--out is c.obj; a name that ends in .ply is allowed." },
        { 1, "rectify --left small.jpg --right right.jpg --calibration rig.npz --out-left l.png --out-right r.png", "The left picture is 320x240, but the calibration is for 640x480." },
        { 1, "rectify --left left.jpg --right small.jpg --calibration rig.npz --out-left l.png --out-right r.png", "The right picture is 320x240, but the calibration is for 640x480." },
        { 1, "split --layout ps4 --in left.jpg --out-left l.png --out-right r.png", "The frame is 640x480; the layout ps4 takes 3448x808." },
        { 2, "split --layout ps5 --in left.jpg --out-left l.png --out-right r.png", "The layout is \"ps5\"; ps4, ps4-sensor, side-by-side are allowed." },
        { 2, "split --layout side-by-side --first top --in left.jpg --out-left l.png --out-right r.png", "--first is \"top\"; left or right is allowed." },
        { 1, "evaluate --disparity nowhere.pfm --truth truth.pfm", "The disparity nowhere.pfm is not there" },
        { 1, "evaluate --disparity truth.pfm --truth nowhere.png --scale 4", "The truth nowhere.png is not there" },
        { 1, "evaluate --disparity left.jpg --truth truth.pfm", "left.jpg is not a 16-bit picture" },
        { 2, "evaluate --disparity truth.pfm --truth truth.pfm --scale 0", "--scale is 0; how many steps of the truth make one px, above 0, is allowed." },
        { 1, "quality --left no*.jpg --right right.jpg", "--left no*.jpg: there is no such picture. Give a folder, or a pattern in quotes" },
        { 1, "quality --left left.jpg small.jpg --right right.jpg", "--left names 2 pictures, --right 1" },
        { 1, "quality --left left.jpg --right right.jpg --distance 1", "--distance needs metres" },
        { 2, "quality --left left.jpg --right right.jpg --distance -1", "--distance is -1; metres above 0 are allowed." },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Each_is_one_sentence_and_nothing_is_written(int exitCode, string command, string sentence)
    {
        var before = Files();
        var outcome = await Tool.RunAsync(
            "/bin/sh", ["-c", "cd \"$0\" && exec \"$@\"", desk.Folder, Programs.Path("PiStereoLink.Receiver"), .. command.Split(' ')]);
        Assert.Equal((exitCode, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(sentence, outcome.Errors, StringComparison.Ordinal);
        Assert.Single(outcome.Errors.TrimEnd('\n').Split('\n'));
        Assert.Equal(before, Files());
    }

    private string[] Files() => [.. Directory.GetFileSystemEntries(desk.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
