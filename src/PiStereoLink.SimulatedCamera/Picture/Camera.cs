using PiStereoLink.SimulatedCamera.Optics;
using PiStereoLink.SimulatedCamera.Scene;

namespace PiStereoLink.SimulatedCamera.Picture;

/// <summary>One eye that takes pictures: the still life, what moves where it is at that instant, and the sensor's noise.</summary>
internal sealed class Camera
{
    private readonly Viewpoint view;
    private readonly Sensor sensor;
    private readonly float[] stillDepths;
    private readonly byte[] stillPixels, pixels;
    private readonly Framing framing;

    public Camera(StereoRig rig, Eye eye, Framing framing)
    {
        this.framing = framing;
        view = new Viewpoint(rig, eye);
        sensor = new Sensor(eye);
        var still = new StillLife(view);
        stillDepths = still.Depths;
        stillPixels = new byte[3 * still.Colours.Length];
        pixels = new byte[stillPixels.Length];
        for (var pixel = 0; pixel < still.Colours.Length; pixel++)
            sensor.Expose(still.Colours[pixel], stillPixels.AsSpan(3 * pixel, 3));
    }

    /// <summary>The picture at a wall clock time in nanoseconds: blue, green, red bytes row by row, valid until the next one.</summary>
    public byte[] Picture(long wallClockNanoseconds, Tone tone)
    {
        stillPixels.CopyTo(pixels, 0);
        MoverAt(wallClockNanoseconds).ForEachPixel(stillDepths, (pixel, coverage, _, colour) =>
        {
            Span<byte> exposed = stackalloc byte[3];
            sensor.Expose(colour, exposed);
            var bgr = pixels.AsSpan(3 * pixel, 3);
            for (var channel = 0; channel < 3; channel++)
                bgr[channel] += (byte)((exposed[channel] - bgr[channel]) * coverage);
        });
        sensor.AddNoise(pixels, 3 * view.Width, wallClockNanoseconds);
        tone.ApplyTo(pixels);
        framing.Flip(pixels);
        return pixels;
    }

    /// <summary>The true depth of each pixel in metres at that time, row by row, before any flip.</summary>
    public float[] Depths(long wallClockNanoseconds)
    {
        var depths = (float[])stillDepths.Clone();
        MoverAt(wallClockNanoseconds).ForEachPixel(stillDepths, (pixel, coverage, depth, _) =>
        {
            if (coverage >= 0.5f)
                depths[pixel] = depth;
        });
        return depths;
    }

    private IMover MoverAt(long wallClockNanoseconds) => Stage.BoardRests is { } rests ? new BoardInView(view, wallClockNanoseconds, rests) : new BallInView(view, wallClockNanoseconds);
}
