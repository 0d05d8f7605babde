using System.Globalization;
using System.Threading.Channels;
using OpenCvSharp;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Commands;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.View;

/// <summary>
/// The desktop window: the newest pair, worked through with what the sliders say. All of it runs on the thread that calls
/// <see cref="Run"/>, as windows want it.
/// </summary>
/// <param name="title">Of the window.</param>
/// <param name="pairs">Newest wins.</param>
/// <param name="calibration">Null: pictures are taken as rectified.</param>
/// <param name="folder">Where <c>s</c> saves.</param>
public sealed class ViewWindow(string title, ChannelReader<ViewedPair> pairs, StereoCalibration? calibration, string folder)
{
    /// <summary>Shows pairs until <c>q</c>, Esc, the window is closed, the source ends or the token does; returns the parameters that were set last.</summary>
    /// <param name="parameters">To begin with.</param>
    /// <param name="saved">Told of each <c>s</c>: where.</param>
    /// <param name="cancellationToken">Closes the window.</param>
    /// <exception cref="IOException">There is no display, or files cannot be written.</exception>
    /// <exception cref="InvalidDataException">A pair cannot be worked through.</exception>
    public MatcherParameters Run(MatcherParameters parameters, Action<string> saved, CancellationToken cancellationToken)
    {
        using var window = Open();
        var sliders = KnobSlider.Of(parameters);
        foreach (var slider in sliders)
            window.AddSlider(slider.Knob.Name, slider.PositionOf(parameters), slider.Last);
        (ViewedPair Pair, DepthFrame Frame, string Words)? shown = null;
        ViewedPair? pair = null;
        while (!cancellationToken.IsCancellationRequested && !(pairs.Completion.IsCompleted && pair is null))
        {
            var (asked, isNew) = (Asked(window, sliders, parameters), pairs.TryRead(out var next));
            pair = next ?? pair;
            if (pair is not null && (isNew || asked != parameters || shown is null))
                (parameters, shown) = Show(window, pair, asked, parameters);
            var key = window.Key();
            if (key == 'q')
                break;
            if (key == 's' && shown is { } now)
                saved(Save(now.Pair, now.Frame, parameters, now.Words));
        }
        return parameters;
    }

    private DesktopWindow Open()
    {
        try
        {
            return new DesktopWindow(title);
        }
        catch (IOException e)
        {
            throw new IOException($"{e.Message} The pages show the same in a browser.", e);
        }
    }

    /// <summary>What the sliders say; a knob whose slider was not touched keeps a value between two positions.</summary>
    private static MatcherParameters Asked(DesktopWindow window, KnobSlider[] sliders, MatcherParameters parameters)
    {
        var asked = parameters;
        foreach (var slider in sliders)
            if (window.SliderAt(slider.Knob.Name) is var position && position != slider.PositionOf(parameters))
                asked = slider.At(position, asked);
        return asked;
    }

    /// <summary>Works the pair through and shows it. What cannot be set is said in the picture, and what was set before goes on.</summary>
    private (MatcherParameters Parameters, (ViewedPair, DepthFrame, string)) Show(DesktopWindow window, ViewedPair pair, MatcherParameters asked, MatcherParameters before)
    {
        DepthFrame frame;
        string words;
        try
        {
            asked.Validate();
            (frame, words) = Work(pair, asked);
        }
        catch (ArgumentException e) when (asked != before)
        {
            (asked, words) = (before, e.Message);
            frame = Work(pair, before).Frame;
            foreach (var slider in KnobSlider.Of(before))
                window.MoveSlider(slider.Knob.Name, slider.PositionOf(before));
        }
        using var picture = PairPicture.Draw(frame, asked, words);
        window.Show(picture);
        return (asked, (pair, frame, words));
    }

    private (DepthFrame Frame, string Words) Work(ViewedPair pair, MatcherParameters parameters)
    {
        using var pipeline = new DepthPipeline(calibration, parameters);
        var frame = pipeline.Process(pair.Left, pair.Right);
        return (frame, string.Create(CultureInfo.InvariantCulture,
            $"{pair.Name}  {frame.Disparity.DensityPercent():0} % dense  {frame.Timings.Total.TotalMilliseconds:0} ms   s saves, q quits"));
    }

    /// <summary>Pictures as they came, the disparity, what the window shows, and the sliders as a preset.</summary>
    private string Save(ViewedPair pair, DepthFrame frame, MatcherParameters parameters, string words)
    {
        Directory.CreateDirectory(folder);
        var begin = Path.Combine(folder, pair.Name);
        using var picture = PairPicture.Draw(frame, parameters, words);
        DurableFile.Write($"{begin}-left.jpg", pair.Left);
        DurableFile.Write($"{begin}-right.jpg", pair.Right);
        // The sliders reach further than a 16-bit PNG does.
        var disparity = DisparityPng.Holds(parameters) ? $"{begin}-disparity.png" : $"{begin}-disparity.pfm";
        DurableFile.Write(disparity, DisparityFile.Encode(disparity, frame.Disparity));
        DurableFile.Write($"{begin}-view.png", picture.ImEncode(".png", Array.Empty<ImageEncodingParam>()));
        DurableFile.Write($"{begin}-preset.json", MatcherPreset.Write(parameters));
        return begin;
    }
}
