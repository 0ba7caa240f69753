using System.Text.Json;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Domain.Unicode;

namespace DomainFlow.DbInit.Tenants;

/// <summary>Reads the fields of one JSON object, and notes what is wrong with each under its path.</summary>
internal sealed class JsonFields(JsonElement json, string path, List<FieldError> errors)
{
    public string Path => path;

    /// <summary>Notes what is not an object, and every field that is not among <paramref name="names"/>.</summary>
    public JsonFields Only(params string[] names)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Fail(path, "must be an object.");
            return this;
        }

        foreach (var field in json.EnumerateObject().Where(field => !names.Contains(field.Name)))
            Fail(At(field.Name), $"is not known; there are {string.Join(", ", names)}.");
        return this;
    }

    public void Fail(string field, string message) => errors.Add(new FieldError(field, message));

    public string At(string name) => $"{path}.{name}";

    /// <summary>A text of 1 to <paramref name="maxLength"/> characters.</summary>
    public string? Text(string name, int maxLength, bool required = true)
    {
        if (Find(name, required) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && Nfc.Of(value.GetString()!).Trim() is { Length: > 0 } text && text.Length <= maxLength
            && !text.Contains('\0')) return text;
        Fail(At(name), $"must be a text of 1 to {maxLength} characters.");
        return null;
    }

    public Guid? Id(string name)
    {
        if (Find(name, required: true) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && value.TryGetGuid(out var id) && id != Guid.Empty) return id;
        Fail(At(name), "must be a UUID.");
        return null;
    }

    public bool Flag(string name) => OptionalFlag(name) ?? false;

    /// <returns>Null where it is not given.</returns>
    public bool? OptionalFlag(string name)
    {
        if (Find(name, required: false) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Fail(At(name), "must be true or false.");
        return null;
    }

    public double? Number(string name, double above, double atMost)
    {
        if (Find(name, required: true) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number > above && number <= atMost) return number;
        Fail(At(name), FormattableString.Invariant($"must be a number above {above}, at most {atMost}."));
        return null;
    }

    /// <summary>Texts, each of at most <paramref name="maxLength"/> characters; none where the field is missing.</summary>
    public IReadOnlyList<string> Texts(string name, int maxLength)
    {
        var texts = new List<string>();
        if (Find(name, required: false) is not { } value) return texts;
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.String || Nfc.Of(item.GetString()!).Trim() is not { Length: > 0 } text || text.Length > maxLength) break;
                texts.Add(text);
            }

            if (texts.Count == value.GetArrayLength()) return texts;
        }

        Fail(At(name), $"must be an array of texts of 1 to {maxLength} characters.");
        return [];
    }

    /// <summary>A position as GeoJSON writes it.</summary>
    public (double Longitude, double Latitude)? Position(string name)
    {
        if (Find(name, required: true) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2
            && Degrees(value[0], 180) is { } longitude && Degrees(value[1], 90) is { } latitude) return (longitude, latitude);
        Fail(At(name), "must be [longitude, latitude] in degrees.");
        return null;
    }

    /// <summary>A box as <c>[west, south, east, north]</c>; null where the field is missing.</summary>
    public Area? Area(string name)
    {
        if (Find(name, required: false) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 4
            && Degrees(value[0], 180) is { } west && Degrees(value[1], 90) is { } south
            && Degrees(value[2], 180) is { } east && Degrees(value[3], 90) is { } north && south <= north) return new Area(west, south, east, north);
        Fail(At(name), "must be [west, south, east, north] in degrees, south not above north.");
        return null;
    }

    /// <summary>House numbers with their positions, <c>[number, longitude, latitude]</c> each, by ascending number; null where the field is missing.</summary>
    public IReadOnlyList<House>? Houses(string name)
    {
        if (Find(name, required: false) is not { } value) return null;
        var houses = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(House).OfType<House>().OrderBy(house => house.Number).ToList() : [];
        if (value.ValueKind == JsonValueKind.Array && houses.Count == value.GetArrayLength()) return houses;
        Fail(At(name), "must be an array of [number, longitude, latitude].");
        return null;
    }

    /// <summary>Numbers, as many as there are; null where the field is no array of numbers.</summary>
    public IReadOnlyList<double>? Numbers(string name)
    {
        if (Find(name, required: true) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number))
            return [.. value.EnumerateArray().Select(item => item.GetDouble())];
        Fail(At(name), "must be an array of numbers.");
        return null;
    }

    /// <summary>Bytes in base64.</summary>
    public byte[]? Bytes(string name)
    {
        if (Find(name, required: true) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes)) return bytes;
        Fail(At(name), "must be base64.");
        return null;
    }

    /// <summary>Null where the field is missing.</summary>
    public JsonFields? Object(string name) => Find(name, required: false) is { } value ? new JsonFields(value, At(name), errors) : null;

    /// <summary>The objects of an array; null where the field is missing.</summary>
    public IReadOnlyList<JsonFields>? Objects(string name, int atMost)
    {
        if (Find(name, required: false) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= atMost)
            return [.. value.EnumerateArray().Select((item, place) => new JsonFields(item, $"{At(name)}[{place}]", errors))];
        Fail(At(name), $"must be an array of at most {atMost}.");
        return null;
    }

    private JsonElement? Find(string name, bool required)
    {
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null) return value;
        if (required && json.ValueKind == JsonValueKind.Object) Fail(At(name), "is missing.");
        return null;
    }

    private static House? House(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 3 && value[0].ValueKind == JsonValueKind.Number
        && value[0].TryGetInt32(out var number) && number >= 0 && Degrees(value[1], 180) is { } longitude && Degrees(value[2], 90) is { } latitude
            ? new House(number, longitude, latitude)
            : null;

    private static double? Degrees(JsonElement value, double limit) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var degrees) && Math.Abs(degrees) <= limit ? degrees : null;
}
