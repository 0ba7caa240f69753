using System.Globalization;

namespace DomainFlow.Imports.Tables.Xlsx;

/// <summary>Days since 1900 (or 1904) as a spreadsheet counts them.</summary>
internal static class SerialDate
{
    private const int LastDay = 2_958_465; // 9999-12-31

    public static bool IsIn(double days, bool is1904) => days >= 0 && days < LastDay + 1 - (is1904 ? 1462 : 0);

    /// <summary>ISO 8601 without an offset; to the second, since the fraction of a day is seldom exact.</summary>
    public static string Text(double days, NumberKind kind, bool is1904)
    {
        // In Excel's calendar 1900 has a 29th of February: days before it are one further from the epoch.
        var epoch = is1904 ? new DateTime(1904, 1, 1) : days < 60 ? new DateTime(1899, 12, 31) : new DateTime(1899, 12, 30);
        var time = epoch.AddSeconds(Math.Round(days * 86_400));
        var format = kind switch
        {
            NumberKind.Time when days < 1 => "HH:mm:ss",
            NumberKind.Date when time.TimeOfDay == TimeSpan.Zero => "yyyy-MM-dd",
            _ => "yyyy-MM-dd'T'HH:mm:ss",
        };
        return time.ToString(format, CultureInfo.InvariantCulture);
    }
}
