using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Cameras;

namespace PiStereoLink.Tests.Receiver;

/// <summary>What a receiver remembers of cameras that have gone.</summary>
public class CameraDirectoryTests
{
    private readonly CameraDirectory cameras = new(TimeProvider.System);

    [Fact]
    public void Of_made_up_names_only_the_last_are_remembered()
    {
        for (var i = 0; i < 1000; i++)
            ComeAndGo($"node-{i}");
        Assert.Equal(CameraDirectory.MostGone, cameras.All.Count());
        Assert.True(cameras.TryFind("node-999", "0", out _));
        Assert.False(cameras.TryFind("node-0", "0", out _));
    }

    [Fact]
    public void Large_last_pictures_are_given_up_sooner()
    {
        var first = ComeAndGo("first", 20 << 20, out var picture);
        Assert.Equal(20 << 20, first.Ring.KeptBytes);
        var second = ComeAndGo("second", 20 << 20, out _);
        Assert.True(picture.IsGone());
        Assert.Equal([second], cameras.All);
    }

    [Fact]
    public void The_cameras_of_a_rig_stay()
    {
        var mine = cameras[new CameraName("rig", "0")];
        cameras.Leave(cameras.Enter(mine.Name, address: null, encrypted: false));
        for (var i = 0; i < 1000; i++)
            ComeAndGo($"node-{i}");
        Assert.Contains(mine, cameras.All);
    }

    [Fact]
    public void A_camera_that_came_by_its_key_stays()
    {
        var paired = cameras.Enter(new CameraName("paired", "0"), address: null, encrypted: true);
        cameras.Leave(paired);
        for (var i = 0; i < 1000; i++)
            ComeAndGo($"node-{i}");
        Assert.Contains(paired, cameras.All);
    }

    [Fact]
    public void A_camera_with_a_second_connection_has_not_gone()
    {
        var name = new CameraName("twice", "0");
        var camera = cameras.Enter(name, address: null, encrypted: false);
        Assert.Same(camera, cameras.Enter(name, address: null, encrypted: false));
        cameras.Leave(camera);
        for (var i = 0; i < 1000; i++)
            ComeAndGo($"node-{i}");
        Assert.Contains(camera, cameras.All);
    }

    [Fact]
    public void A_camera_that_comes_back_is_the_same_one()
    {
        var camera = ComeAndGo("back");
        Assert.Same(camera, cameras.Enter(camera.Name, address: null, encrypted: false));
        for (var i = 0; i < 1000; i++)
            ComeAndGo($"node-{i}");
        Assert.Contains(camera, cameras.All);
    }

    private Camera ComeAndGo(string node) => ComeAndGo(node, 100, out _);

    private Camera ComeAndGo(string node, int bytes, out Frame picture)
    {
        var camera = cameras.Enter(new CameraName(node, "0"), address: null, encrypted: false);
        picture = Frames.At(0, camera.Name, jpeg: new byte[bytes]);
        camera.Publish(picture, (640, 480));
        cameras.Leave(camera);
        return camera;
    }
}
