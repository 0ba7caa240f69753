using System.Globalization;
using System.Text;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>A message template, "took {count} of {total:0.0}", filled in: the text, and the arguments under their names.</summary>
internal sealed record MessageTemplate(string Text, IReadOnlyList<MessageTemplate.Property> Properties)
{
    /// <summary>Fills in the arguments, in their order or by position where all names are numbers. Without arguments the template is the text.</summary>
    public static MessageTemplate Parse(string template, object[] arguments)
    {
        if (string.IsNullOrEmpty(template) || arguments.Length == 0) return new MessageTemplate(template ?? string.Empty, []);

        var holes = FindHoles(template);
        var positional = holes.Count > 0 && holes.TrueForAll(hole => int.TryParse(hole.Name, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        var text = new StringBuilder();
        var properties = new List<Property>();
        var from = 0;
        for (var i = 0; i < holes.Count; i++)
        {
            var hole = holes[i];
            text.Append(Unescape(template[from..hole.Start]));
            from = hole.End;
            var index = positional ? int.Parse(hole.Name, CultureInfo.InvariantCulture) : i;
            if (index < arguments.Length)
            {
                text.Append(Show(arguments[index], hole.Format));
                if (!properties.Exists(property => property.Name == hole.Name)) properties.Add(new Property(hole.Name, hole.Format, arguments[index]));
            }
            else
            {
                text.Append(template, hole.Start, hole.End - hole.Start);
            }
        }

        return new MessageTemplate(text.Append(Unescape(template[from..])).ToString(), properties);
    }

    /// <summary>A value as text, independent of the machine's culture.</summary>
    public static string Show(object value, string format) => value switch
    {
        null => "null",
        byte[] bytes => Convert.ToHexString(bytes),
        DateTime or DateTimeOffset when string.IsNullOrEmpty(format) => Show(value, "yyyy-MM-ddTHH:mm:ss.fffffffK"),
        IFormattable formattable => formattable.ToString(format, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static List<Hole> FindHoles(string template)
    {
        var holes = new List<Hole>();
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '{') continue;
            if (i + 1 < template.Length && template[i + 1] == '{')
            {
                i++;
                continue;
            }

            var end = template.IndexOf('}', i);
            if (end < 0) break;
            var parts = template[(i + 1)..end].Split(':', 2);
            holes.Add(new Hole(i, end + 1, parts[0].Trim().TrimStart('@'), parts.Length > 1 ? parts[1] : null));
            i = end;
        }

        return holes;
    }

    private static string Unescape(string text) => text.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);

    private readonly record struct Hole(int Start, int End, string Name, string Format);

    /// <summary>An argument under the name that the template gives it.</summary>
    internal readonly record struct Property(string Name, string Format, object Value);
}
