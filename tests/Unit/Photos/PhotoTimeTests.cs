using DomainFlow.Ingest.Photos;
using Xunit;
using static DomainFlow.Unit.Tests.Photos.ExifBytes;

namespace DomainFlow.Unit.Tests.Photos;

public class PhotoTimeTests
{
    /// <summary>F07: a receiver's count of weeks rolled over.</summary>
    [Theory]
    [InlineData("2026:09:17 10:00:00", "2007:02:01", false)]
    [InlineData("2026:09:17 10:00:00", "2026:09:17", true)]
    [InlineData("2026:09:18 10:00:00", "2026:09:16", false)]
    [InlineData("\u0662\u0660\u0662\u0666:09:17 10:00:00", "2026:09:17", true)]
    public void F07_a_GPS_time_counts_only_where_an_offset_explains_it(string local, string day, bool isTaken)
    {
        var exif = new Writer(isLittle: true).Write(
            [Entry.Directory(0x8769, 1), Entry.Directory(0x8825, 2)],
            [Entry.Text(0x9003, local)],
            [Entry.Fractions(7, (14, 1), (0, 1), (0, 1)), Entry.Text(29, day)]);
        Assert.Equal(isTaken, PhotoFacts.Read(exif).TakenAt is not null);

        // Without a time of the receiver the camera's clock is kept, to be read in the domain's zone.
        Assert.Equal(isTaken, PhotoFacts.Read(exif).TakenLocal is null);
    }
}
