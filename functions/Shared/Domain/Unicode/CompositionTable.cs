using System.Globalization;

namespace DomainFlow.Domain.Unicode;

/// <summary>Canonical decompositions, compositions and combining classes, read once from the data that <c>scripts/composition-table</c> writes.</summary>
internal sealed class CompositionTable
{
    private const int HangulBase = 0xAC00;
    private const int HangulCount = 11172;
    private const int LeadBase = 0x1100;
    private const int LeadCount = 19;
    private const int VowelBase = 0x1161;
    private const int VowelCount = 21;
    private const int TailBase = 0x11A7;
    private const int TailCount = 28;

    private static readonly Lazy<CompositionTable> Read = new(() => new());

    private readonly Dictionary<int, (int First, int Second)> _decompositions = new(2100);
    private readonly Dictionary<(int First, int Second), int> _compositions = new(1000);
    private readonly Dictionary<int, int> _classes = new(950);
    private readonly HashSet<int> _unstable = new(1300);

    private CompositionTable()
    {
        using var reader = new StreamReader(typeof(CompositionTable).Assembly.GetManifestResourceStream("unicode/Composition.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                Add(line.Split(' '));
            }
        }
    }

    public static CompositionTable Instance => Read.Value;

    /// <summary>The canonical combining class; 0 for what starts a new sequence.</summary>
    public int ClassOf(int code) => _classes.GetValueOrDefault(code);

    /// <summary>Whether text that holds this code point may be other than its composed form.</summary>
    public bool MayChange(int code) =>
        _unstable.Contains(code) || code is (>= VowelBase and < VowelBase + VowelCount) or (> TailBase and < TailBase + TailCount);

    /// <summary>Appends the full canonical decomposition of a code point.</summary>
    public void Decompose(int code, List<int> target)
    {
        if (code is >= HangulBase and < HangulBase + HangulCount)
        {
            var place = code - HangulBase;
            target.Add(LeadBase + (place / (VowelCount * TailCount)));
            target.Add(VowelBase + (place % (VowelCount * TailCount) / TailCount));
            if (place % TailCount > 0)
            {
                target.Add(TailBase + (place % TailCount));
            }
        }
        else if (_decompositions.TryGetValue(code, out var parts))
        {
            Decompose(parts.First, target);
            if (parts.Second != 0)
            {
                Decompose(parts.Second, target);
            }
        }
        else
        {
            target.Add(code);
        }
    }

    /// <summary>The primary composite of two code points; null where there is none.</summary>
    public int? Compose(int first, int second) =>
        first is >= LeadBase and < LeadBase + LeadCount && second is >= VowelBase and < VowelBase + VowelCount
            ? HangulBase + ((((first - LeadBase) * VowelCount) + second - VowelBase) * TailCount)
        : first is >= HangulBase and < HangulBase + HangulCount && (first - HangulBase) % TailCount == 0 && second is > TailBase and < TailBase + TailCount
            ? first + second - TailBase
        : _compositions.TryGetValue((first, second), out var composite) ? composite
        : null;

    private void Add(string[] fields)
    {
        if (fields[0].Split('-') is [var from, var to])
        {
            for (var code = Hex(from); code <= Hex(to); code++)
            {
                _classes[code] = int.Parse(fields[1], CultureInfo.InvariantCulture);
                _unstable.Add(code);
            }

            return;
        }

        var isExcluded = fields[^1] == "!";
        var parts = (First: Hex(fields[1]), Second: fields.Length - (isExcluded ? 1 : 0) > 2 ? Hex(fields[2]) : 0);
        _decompositions[Hex(fields[0])] = parts;
        if (isExcluded)
        {
            _unstable.Add(Hex(fields[0]));
        }
        else
        {
            _compositions[parts] = Hex(fields[0]);
            _unstable.Add(parts.Second);
        }
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
