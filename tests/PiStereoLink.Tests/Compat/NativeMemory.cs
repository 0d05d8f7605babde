using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OpenCvSharp;

namespace PiStereoLink.Tests.Compat;

/// <summary>What malloc has given out and not got back is counted, so nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(NativeMemory), DisableParallelization = true)]
[Collection(nameof(NativeMemory))]
public class NativeMemory
{
    private const int Calls = 10_000;

    // One lost Mat header in each call would be 1 MB, one lost picture 40 MB.
    private const long Slack = 200_000;

    [Fact]
    public void No_call_keeps_memory()
    {
        var pixels = new byte[64 * 64];
        using var picture = Pictures.Texture(64, 64);
        using var refusedByOpenCv = new Mat(4, 4, MatType.CV_8UC2, Scalar.All(0));
        var png = picture.ImEncode(".png");
        void Once(int call)
        {
            using var made = new Mat(64, 64, MatType.CV_8UC1);
            using var over = Mat.FromPixelData(64, 64, MatType.CV_8UC1, pixels);
            using var window = over.SubMat(new Rect(1, 1, 9, 9));
            using var colour = new Mat();
            Cv2.CvtColor(over, colour, ColorConversionCodes.GRAY2BGR);
            try
            {
                Cv2.CvtColor(refusedByOpenCv, colour, ColorConversionCodes.BGR2GRAY);
            }
            catch (OpenCVException)
            {
            }

            if (call % 20 != 0)
                return; // slower, and a leak in one of them would show all the same
            using var decoded = Mat.ImDecode(png);
            decoded.ImEncode(".png");
            using var matcher = StereoBM.Create(16, 9);
            matcher.Compute(picture, picture, made);
        }

        Assert.InRange(Growth(Once), long.MinValue, Slack);
    }

    [Fact]
    public void A_Mat_that_nobody_disposed_is_collected()
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget(int call) => _ = new Mat(1000, 1000, MatType.CV_8UC1).Data;

        Assert.InRange(Growth(Forget, calls: 100), long.MinValue, 20_000_000);
    }

    [Fact]
    public void An_array_is_let_go_with_its_Mat()
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Use()
        {
            var pixels = new byte[100];
            using var mat = Mat.FromPixelData(10, 10, MatType.CV_8UC1, pixels);
            return new WeakReference(pixels);
        }

        var pixels = Use();
        Settle();
        Assert.False(pixels.IsAlive);
    }

    [Fact]
    public void A_call_allocates_nothing()
    {
        WhichOpenCvSharp.SkipUnlessOurs("The package makes its wrappers anew in each call.");
        using var picture = new Mat(8, 8, MatType.CV_8UC3, Scalar.All(0));
        using var grey = new Mat();
        var rows = 0;
        void Once()
        {
            Cv2.CvtColor(picture, grey, ColorConversionCodes.BGR2GRAY);
            rows += picture.Rows + picture.RowSpan<byte>(3).Length;
        }

        Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            Once();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    // The least of three: a leak grows each time, what the runtime takes for itself does not.
    private static long Growth(Action<int> call, int calls = Calls) => Enumerable.Range(0, 3).Min(_ =>
    {
        Settle();
        var before = InUse();
        for (var i = 0; i < calls; i++)
            call(i);
        Settle();
        return InUse() - before;
    });

    private static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private static long InUse()
    {
        try
        {
            var info = mallinfo2();
            return (long)(info.InUse + info.Mapped);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            Assert.Skip("mallinfo2 needs glibc 2.33 or newer.");
            return 0;
        }
    }

    [DllImport("libc.so.6")]
    private static extern MallInfo mallinfo2();

    // struct mallinfo2 of malloc.h: hblkhd is what large pieces take by themselves, uordblks what is in use elsewhere.
    private readonly record struct MallInfo(
        nuint Arena, nuint FreeChunks, nuint FastBins, nuint Maps, nuint Mapped, nuint Unused, nuint FreeFastBins, nuint InUse, nuint Free, nuint Top);
}
