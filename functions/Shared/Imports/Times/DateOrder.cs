namespace DomainFlow.Imports.Times;

/// <summary>
/// What a whole file says about its dates like 03/04/2026: a number above 12 is a day. Both orders in one file, or dates of which none
/// decides, are for a person to settle; day and month are never swapped on a guess.
/// </summary>
internal sealed class DateOrder
{
    private (long Row, string Text)? dayFirst;
    private (long Row, string Text)? monthFirst;
    private (long Row, string Text)? open;

    public void Add(long row, string text)
    {
        if (WrittenTime.Parse(text) is not { IsOpen: true } time) return;
        if (time.First > 12 && time.Second <= 12) dayFirst ??= (row, text);
        else if (time.Second > 12 && time.First <= 12) monthFirst ??= (row, text);
        else if (time.First != time.Second) open ??= (row, text);
    }

    /// <summary>For people; null where no date needs it.</summary>
    public string? Description => dayFirst is { } day ? $"day first, as row {day.Row} shows ({day.Text})" : monthFirst is { } month ? $"month first, as row {month.Row} shows ({month.Text})" : null;

    /// <exception cref="ImportException">The file does not say, or says both.</exception>
    public bool IsDayFirst()
    {
        if (dayFirst is { } day && monthFirst is { } month)
            throw new ImportException($"the day stands first in row {day.Row} ({day.Text}) and the month in row {month.Row} ({month.Text}): say which dates are meant", ImportSettings.DateFormat);
        if (dayFirst is null && monthFirst is null && open is { } either)
            throw new ImportException($"'{either.Text}' in row {either.Row} could be two days, and no row of the file decides whether day or month stands first", ImportSettings.DateFormat);
        return dayFirst is not null;
    }
}
