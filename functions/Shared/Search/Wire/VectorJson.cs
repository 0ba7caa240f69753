using System.Text.Json;

namespace DomainFlow.Search.Wire;

internal static class VectorJson
{
    public static void WriteVector(this Utf8JsonWriter json, string name, ReadOnlySpan<float> vector)
    {
        json.WriteStartArray(name);
        foreach (var part in vector)
            json.WriteNumberValue(part);
        json.WriteEndArray();
    }
}
