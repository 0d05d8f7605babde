using OpenCvSharp;
using PiStereoLink.Tests.Sources;

namespace PiStereoLink.Tests.Compat;

/// <summary>VideoCapture over a film.</summary>
public sealed class Videos : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-video-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_film_gives_its_pictures_and_then_no_more()
    {
        using var video = new VideoCapture(Film());
        Assert.True(video.IsOpened());
        Assert.Equal((320, 240, 10), (video.Get(VideoCaptureProperties.FrameWidth), video.Get(VideoCaptureProperties.FrameHeight), video.Get((int)VideoCaptureProperties.Fps)));
        using var picture = new Mat();
        for (var i = 0; i < 3; i++)
            Assert.True(video.Grab() && video.Retrieve(picture));
        Assert.Equal((320, 240, MatType.CV_8UC3), (picture.Cols, picture.Rows, picture.Type()));
        Assert.False(video.Read(picture));
        video.Release();
        Assert.False(video.IsOpened());
    }

    [Fact]
    public void What_is_no_film_is_not_opened()
    {
        using var video = new VideoCapture();
        Assert.False(video.Open(Path.Combine(folder.FullName, "none.avi")));
        Assert.False(video.IsOpened() || video.Grab() || video.Set(VideoCaptureProperties.FrameWidth, 100));
    }

    [Fact]
    public void Use_after_Dispose_throws()
    {
        WhichOpenCvSharp.SkipUnlessOurs("The package crashes.");
        var video = new VideoCapture(Film());
        video.Dispose();
        Assert.True(video.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => video.Grab());
    }

    private string Film()
    {
        var film = Path.Combine(folder.FullName, "film.avi");
        AviFile.Write(film, FlatScene.Width, FlatScene.Height, 10, [FlatScene.Left(), FlatScene.Left(), FlatScene.Left()]);
        return film;
    }
}
