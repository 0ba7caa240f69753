using DomainFlow.Playbooks.Language;
using DomainFlow.Playbooks.Places;

namespace DomainFlow.Playbooks.Learning;

/// <summary>What the addresses of one city end with and what therefore says nothing: its name, state, country and postal codes.</summary>
internal sealed class AddressTail
{
    /// <summary>A word that ends so large a part of the addresses belongs to no street.</summary>
    private const double LeastShare = 0.03;

    private readonly HashSet<string> words;

    private AddressTail(HashSet<string> words) => this.words = words;

    public static AddressTail Of(IEnumerable<string> addresses)
    {
        var left = addresses.Select(WordsOf).Where(address => address.Count > 0).ToList();
        var all = left.Count;
        var words = new HashSet<string>();
        for (var round = 0; round < 8; round++)
        {
            var ends = left.Where(address => address.Count > 1).CountBy(address => address[^1].Lower)
                .Where(end => end.Value >= LeastShare * all && IsNoStreetWord(end.Key)).Select(end => end.Key).ToHashSet();
            if (ends.Count == 0)
                break;
            words.UnionWith(ends);
            foreach (var address in left)
            {
                while (address.Count > 1 && (words.Contains(address[^1].Lower) || IsPostalCode(address[^1].Lower)))
                    address.RemoveAt(address.Count - 1);
            }
        }

        return new AddressTail(words);
    }

    /// <summary>The address without its tail.</summary>
    public string Cut(string address)
    {
        var left = WordsOf(address);
        while (left.Count > 0 && (words.Contains(left[^1].Lower) || (left.Count > 1 && IsPostalCode(left[^1].Lower))))
            left.RemoveAt(left.Count - 1);
        return left.Count == 0 ? "" : address[..left[^1].End];
    }

    private static List<Word> WordsOf(string address) => Words.Of(address);

    private static bool IsNoStreetWord(string word) => !NameKey.IsStreetWord(NameKey.WriteOut(word)) && !(word.Length < 5 && char.IsAsciiDigit(word[0]));

    private static bool IsPostalCode(string word) => word.Length is >= 5 and <= 9 && word.All(char.IsAsciiDigit);
}
