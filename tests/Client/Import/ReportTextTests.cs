using DomainFlow.Imports.Rows;

namespace DomainFlow.Client.Tests.Import;

public class ReportTextTests
{
    [Theory]
    [InlineData("Pothole", "It is deep.", "Pothole\nIt is deep.")]
    [InlineData("Pothole", "pothole on the corner", "pothole on the corner")]
    [InlineData("Pothole", "", "Pothole")]
    [InlineData("", "It is deep.", "It is deep.")]
    [InlineData(" Pothole ", " Pothole ", "Pothole")]
    public void The_text_is_summary_and_description_without_saying_it_twice(string summary, string description, string text) =>
        Assert.Equal(text, ReportText.Of(summary, description));
}
