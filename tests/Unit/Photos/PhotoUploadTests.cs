using DomainFlow.Ingest.Photos;
using Xunit;

namespace DomainFlow.Unit.Tests.Photos;

public class PhotoUploadTests
{
    /// <summary>Which of two events of one key came later, as S3's guide to event messages says: the shorter one is filled up on the right.</summary>
    [Theory]
    [InlineData("0055AED6DCD90281E5", "0055AED6DCD90281E4", 1)]
    [InlineData("0055AED6DCD90281E5", "0055AED6DCD90281E5", 0)]
    [InlineData("0055AED6DCD90281E6", "0055AED6DCD90281E5AA", 1)]
    [InlineData("0055AED6DCD90281E5AA", "0055AED6DCD90281E6", -1)]
    [InlineData("0055AED6DCD90281E5", "0055AED6DCD90281E500", 0)]
    [InlineData("0", null, 1)]
    public void Events_of_one_key_are_ordered_by_their_sequencers(string first, string? second, int expected) =>
        Assert.Equal(expected, Math.Sign(PhotoUpload.Compare(first, second)));
}
