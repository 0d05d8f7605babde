using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>Chooses pairs when there are more than a solve needs. A film of a board has hundreds, most of them alike.</summary>
public static class PairSample
{
    /// <summary>The pairs that differ most: beginning with the nearest board, always the one that is least like those chosen so far.</summary>
    public static IReadOnlyList<BoardPair> Spread(IReadOnlyList<BoardPair> pairs, int count, ChessBoard board, Size picture)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count <= count)
            return pairs;
        var views = pairs.Select(pair => BoardView.Of(pair.Left, board, picture)).ToArray();
        var distances = Enumerable.Repeat(double.MaxValue, views.Length).ToArray();
        var chosen = new SortedSet<int>();
        for (var next = Array.IndexOf(views, views.MaxBy(view => view.Size)); chosen.Count < count; next = Array.IndexOf(distances, distances.Max()))
        {
            chosen.Add(next);
            for (var i = 0; i < views.Length; i++)
                distances[i] = chosen.Contains(i) ? -1 : Math.Min(distances[i], views[i].Distance(views[next]));
        }
        return [.. chosen.Select(i => pairs[i])];
    }

    /// <summary>Pairs by lot; the same ones each time.</summary>
    public static IReadOnlyList<BoardPair> Random(IReadOnlyList<BoardPair> pairs, int count)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var order = Enumerable.Range(0, pairs.Count).ToArray();
        new Random(1).Shuffle(order);
        return [.. order.Take(count).Order().Select(i => pairs[i])];
    }
}
