using System.IO.Compression;
using System.Text;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Vision;

public class NpzTests
{
    [Theory]
    [InlineData("types-stored.npz")]
    [InlineData("types-deflated.npz")]
    public void Every_type_that_numpy_wrote_is_read(string file)
    {
        var arrays = Npz.Read(TestFiles.Data(file));

        Assert.Equal([-1, -0.6, -0.2, 0.2, 0.6, 1], arrays["f8"].ToDoubles().Select(v => Math.Round(v, 12)));
        Assert.Equal([2, 3], arrays["f8"].Shape.ToArray());
        Assert.Equal([0.5f, float.PositiveInfinity, float.NaN, -2f], arrays["f4"].ToSingles());
        Assert.Equal([-5, 1099511627776], arrays["i8"].ToDoubles());
        Assert.Equal([0, 1, 2, 3, 4, 5], arrays["i4"].ToInt32s());
        Assert.Equal([1, 2, 3], arrays["i4"].Shape.ToArray());
        Assert.Equal([-300, 300], arrays["i2"].ToInt32s());
        Assert.Equal([65535], arrays["u2"].ToInt32s());
        Assert.Equal([-128, 127], arrays["i1"].ToInt32s());
        Assert.Equal([0, 1, 2, 3, 4], arrays["u1"].ToInt32s());
        Assert.Equal([1, 0], arrays["b1"].ToInt32s());
        Assert.Equal([0.217], arrays["scalar"].ToDoubles());
        Assert.Equal(0, arrays["scalar"].Shape.Length);
        Assert.Equal(0, arrays["empty"].Length);
        Assert.Equal(NpyType.B1, arrays["b1"].Type);
    }

    [Fact]
    public void A_version_2_header_is_read() =>
        Assert.Equal([0, 1, 2, 3], Npz.Read(TestFiles.Data("version-2.npz"))["v2"].ToDoubles());

    [Fact]
    public void What_is_written_is_read_again()
    {
        using var file = new MemoryStream();
        Npz.Write(file,
        [
            new("imageSize", NpyArray.From<long>([640, 480], 2)),
            new("map", NpyArray.From<float>([1.5f, -2f, float.NaN, 4f, 5f, 6f], 2, 3)),
            new("rms", NpyArray.FromScalar(0.25)),
            new("flags", NpyArray.From<bool>([true, false, true], 3)),
        ]);
        file.Position = 0;
        var arrays = Npz.Read(file, "memory");

        Assert.Equal([640, 480], arrays["imageSize"].ToInt32s());
        Assert.Equal([1.5f, -2f, float.NaN, 4f, 5f, 6f], arrays["map"].ToSingles());
        Assert.Equal([2, 3], arrays["map"].Shape.ToArray());
        Assert.Equal([0.25], arrays["rms"].ToDoubles());
        Assert.Equal([1, 0, 1], arrays["flags"].ToInt32s());
    }

    [Fact]
    public void Elements_begin_at_a_multiple_of_64_bytes()
    {
        using var file = new MemoryStream();
        Npz.Write(file, [new("map", NpyArray.From<float>(new float[7], 7))]);
        file.Position = 0;
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        Assert.Equal(0, (zip.Entries[0].Length - 7 * sizeof(float)) % 64);
    }

    [Theory]
    [InlineData("fortran.npz", "K1", "Fortran order", "ascontiguousarray")]
    [InlineData("pickled.npz", "K1", "element type is |O", "no pickled objects")]
    [InlineData("big-endian.npz", "K1", "element type is >f8", "<f8, <f4")]
    [InlineData("records.npz", "K1", "element type is", "no records")]
    public void What_is_not_read_is_refused_with_its_reason(string file, string array, string came, string allowed)
    {
        var path = TestFiles.Data(file);
        var error = Assert.Throws<InvalidDataException>(() => Npz.Read(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(array, error.Message, StringComparison.Ordinal);
        Assert.Contains(came, error.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_zip_is_refused_by_name()
    {
        using var file = new MemoryStream("not a zip at all, only some text"u8.ToArray());
        var error = Assert.Throws<InvalidDataException>(() => Npz.Read(file, "rig.npz"));
        Assert.StartsWith("rig.npz is not an .npz file", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000, 1000000), }", 8, "promises")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999,), }", 8, "each axis")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }", 8, "each axis")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647), }", 8, "overflow")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", 8, "ends before its 16 bytes")]
    [InlineData("{'descr': '<f8', 'shape': (1,), }", 8, "no readable 'fortran_order'")]
    [InlineData("{'descr': '<f8', 'fortran_order': False}", 8, "no readable 'shape'")]
    [InlineData("rubbish", 8, "no readable 'descr'")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1), }", 8, "9 axes")]
    public void A_header_that_lies_is_refused(string header, int elementBytes, string expected)
    {
        using var file = Zip("K1.npy", Npy(header, elementBytes));
        var error = Assert.Throws<InvalidDataException>(() => Npz.Read(file, "rig.npz"));
        Assert.Contains("rig.npz", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_may_come_in_another_order_and_with_python_2_numbers()
    {
        using var file = Zip("K1.npy", Npy("{'shape': (1L, 1L), 'fortran_order': False, 'descr': '<f8'}", 8));
        Assert.Equal([1, 1], Npz.Read(file, "rig.npz")["K1"].Shape.ToArray());
    }

    [Fact]
    public void A_file_cut_at_any_byte_gives_one_kind_of_error()
    {
        var whole = File.ReadAllBytes(TestFiles.Data("cameras.npz"));
        for (var length = 0; length < whole.Length; length++)
        {
            using var cut = new MemoryStream(whole, 0, length);
            Assert.Throws<InvalidDataException>(() => Npz.Read(cut, "cut"));
        }
    }

    [Fact]
    public void A_file_with_one_byte_changed_gives_arrays_or_one_kind_of_error()
    {
        var whole = File.ReadAllBytes(TestFiles.Data("types-deflated.npz"));
        var random = new Random(1);
        for (var i = 0; i < 3000; i++)
        {
            var changed = (byte[])whole.Clone();
            changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);
            using var file = new MemoryStream(changed);
            try
            {
                Npz.Read(file, "changed");
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Fact]
    public void Something_else_in_the_archive_is_refused()
    {
        using var file = Zip("readme.txt", [1, 2, 3]);
        var error = Assert.Throws<InvalidDataException>(() => Npz.Read(file, "rig.npz"));
        Assert.Contains("readme.txt", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_that_does_not_hold_the_values_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => NpyArray.From<float>([1f, 2f, 3f], 2, 2));
        Assert.StartsWith("The shape (2, 2) holds 4 elements, 3 came.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fraction_is_no_integer() =>
        Assert.Throws<InvalidDataException>(() => NpyArray.From([1.5], 1).ToInt32s());

    private static byte[] Npy(string header, int elementBytes) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. new byte[elementBytes]];

    private static MemoryStream Zip(string name, byte[] content)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry(name).Open())
            entry.Write(content);
        file.Position = 0;
        return file;
    }
}
