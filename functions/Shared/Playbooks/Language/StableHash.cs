namespace DomainFlow.Playbooks.Language;

/// <summary>A 64-bit hash of text that is the same in every process and on every machine (FNV-1a, then mixed).</summary>
internal static class StableHash
{
    public static ulong Of(ReadOnlySpan<char> text, ulong salt = 0)
    {
        var hash = 14695981039346656037UL ^ (salt * 0x9E3779B97F4A7C15UL);
        foreach (var letter in text)
        {
            hash = (hash ^ (byte)letter) * 1099511628211UL;
            hash = (hash ^ (byte)(letter >> 8)) * 1099511628211UL;
        }

        hash ^= hash >> 33;
        hash *= 0xFF51AFD7ED558CCDUL;
        hash ^= hash >> 33;
        hash *= 0xC4CEB9FE1A85EC53UL;
        return hash ^ (hash >> 33);
    }
}
