using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Capturing;

/// <summary>Scores of views and what they add up to, against figures worked out by hand from camera_calibration's definitions.</summary>
public class TakenViewsTests
{
    private static readonly ChessBoard Board = new(9, 6, 0.025);
    private static readonly Size Picture = new(640, 480);

    [Fact]
    public void A_board_seen_straight_is_scored_by_its_place_and_area()
    {
        // 160 x 100 px, its middle at (180, 150): the square root of the area is 126.491 px.
        var view = BoardView.Of(Grid(100, 100, 20), Board, Picture);
        Assert.Equal((180 - 126.491 / 2) / (640 - 126.491), view.X, 5);
        Assert.Equal((150 - 126.491 / 2) / (480 - 126.491), view.Y, 5);
        Assert.Equal(126.491 / Math.Sqrt(640 * 480), view.Size, 5);
        Assert.Equal(0, view.Skew, 6);
    }

    [Fact]
    public void Skew_is_twice_what_the_upper_right_corner_lacks_to_a_right_angle()
    {
        // Each row 5.359 px further right than the one above it, 20 px below: tan 15 degrees.
        var corners = Grid(100, 100, 20);
        for (var i = 0; i < corners.Length; i++)
            corners[i].X += (float)(20 * Math.Tan(Math.PI / 12)) * (i / 9);
        Assert.Equal(2 * Math.PI / 12, BoardView.Of(corners, Board, Picture).Skew, 5);
    }

    [Fact]
    public void A_view_is_new_when_it_is_a_fifth_away_from_all_that_were_taken()
    {
        var coverage = new TakenViews();
        coverage.Add(new(0.5, 0.5, 0.3, 0.1));
        Assert.False(coverage.IsNew(new(0.55, 0.55, 0.35, 0.14)));      // 0.19
        Assert.True(coverage.IsNew(new(0.55, 0.55, 0.35, 0.16)));       // 0.21
        coverage.Add(new(0.55, 0.55, 0.35, 0.16));
        Assert.False(coverage.IsNew(new(0.5, 0.5, 0.3, 0.1)));
    }

    [Fact]
    public void Progress_is_the_range_of_places_and_the_largest_size_and_skew()
    {
        var coverage = new TakenViews();
        Assert.Equal(default, coverage.Progress);
        coverage.Add(new(0.2, 0.4, 0.1, 0.25));
        Assert.Equal(new CoverageProgress(0, 0, 0.25, 0.5), coverage.Progress);
        coverage.Add(new(0.55, 0.75, 0.2, 0.1));
        var progress = coverage.Progress;
        Assert.Equal([0.5, 0.5, 0.5, 0.5], new[] { progress.X, progress.Y, progress.Size, progress.Skew }.Select(share => Math.Round(share, 9)));
        coverage.Add(new(0.95, 0, 0.5, 0.6));
        Assert.True(coverage.Progress.IsComplete);
    }

    [Fact]
    public void A_pair_is_taken_once_it_is_still_and_then_not_again()
    {
        var chooser = new PairChooser(Board);
        Assert.Equal(PairVerdict.Moving, chooser.Look(At(100), At(80)));                  // nothing to compare with yet
        Assert.Equal(PairVerdict.Moving, chooser.Look(At(103), At(83)));
        Assert.Equal(PairVerdict.Moving, chooser.Look(At(103), At(86)));                  // one eye alone is not enough
        Assert.Equal(PairVerdict.Take, chooser.Look(At(103.5f), At(86.5f)));
        Assert.Equal(PairVerdict.Known, chooser.Look(At(103.5f), At(86.5f)));
        Assert.Equal(1, chooser.Coverage.Count);
    }

    [Fact]
    public void One_eye_without_the_board_is_no_pair_and_stillness_begins_anew()
    {
        var chooser = new PairChooser(Board);
        chooser.Look(At(100), At(80));
        Assert.Equal(PairVerdict.NotFound, chooser.Look(At(100), new FoundBoard(Picture, null, "no 9x6 board was found")));
        Assert.Equal(PairVerdict.Moving, chooser.Look(At(100), At(80)));
        Assert.Equal(PairVerdict.Take, chooser.Look(At(100), At(80)));
    }

    [Fact]
    public void Eyes_that_see_the_board_the_other_way_round_are_told()
    {
        var turned = Grid(80, 100, 20);
        Array.Reverse(turned);
        Assert.Equal(PairVerdict.Turned, new PairChooser(Board) { MustBeStill = false }.Look(At(100), new FoundBoard(Picture, turned, null)));
    }

    [Fact]
    public void What_is_asked_for_need_be_neither_still_nor_new()
    {
        var chooser = new PairChooser(Board);
        Assert.Equal(PairVerdict.Take, chooser.Look(At(100), At(80), isAskedFor: true));
        Assert.Equal(PairVerdict.Take, chooser.Look(At(110), At(90), isAskedFor: true, onlyAskedFor: true));
        chooser.Look(At(400), At(380), onlyAskedFor: true);
        Assert.Equal(PairVerdict.Known, chooser.Look(At(400), At(380), onlyAskedFor: true));
        Assert.Equal(2, chooser.Coverage.Count);
    }

    private static FoundBoard At(float left) => new(Picture, Grid(left, 100, 20), null);

    private static Point2f[] Grid(float left, float top, float spacing) =>
        [.. Enumerable.Range(0, 54).Select(i => new Point2f(left + i % 9 * spacing, top + i / 9 * spacing))];
}
