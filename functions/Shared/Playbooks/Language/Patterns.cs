using System.Text.RegularExpressions;

namespace DomainFlow.Playbooks.Language;

/// <summary>
/// Values by their form. Every repetition is bounded and begins behind what it cannot begin with, so that no text is read twice; digits are those
/// that numbers are parsed from.
/// </summary>
internal static partial class Patterns
{
    [GeneratedRegex(@"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")]
    public static partial Regex Email();

    [GeneratedRegex(@"(?<![\w/.-])(?:\+[0-9]{1,3}[\s.-]?)?(?:\([0-9]{2,4}\)[\s.-]?|[0-9]{2,4}[\s.-])[0-9]{3,4}[\s.-]?[0-9]{3,4}(?![\w-])")]
    public static partial Regex Phone();

    [GeneratedRegex(
        @"(?<![\w.])(?<n>[0-9]{1,12}(?:[.,][0-9]{1,6})?)\s{0,2}(?<unit>%|percent|°[CF]|km/h|mph|kilomet(?:er|re)s?|met(?:er|re)s?|centimet(?:er|re)s?|inch(?:es)?"
            + @"|feet|foot|yards?|miles?|lit(?:er|re)s?|gallons?|kilograms?|tons?|tonnes?|hectares?|acres?|dollars|euros?|people|persons|families|households"
            + @"|houses|homes|cars|vehicles|trees|animals|cows|goats|dogs|rats|bags|tires|square\s{1,2}met(?:er|re)s|km|kg|cm|mm|ft|yd|ha|m|l|psi"
            + @"|bar)(?![\w])|[$€£]\s?[0-9]{1,12}(?:[.,][0-9]{1,6}){0,4}",
        RegexOptions.IgnoreCase)]
    public static partial Regex Quantity();
}
