using DomainFlow.Topology;

namespace DomainFlow.Hosting;

/// <summary>The variables that Topology lists for a function, read and checked once, at cold start.</summary>
public sealed class FunctionEnvironment
{
    private readonly IReadOnlyDictionary<string, string> _values;

    private FunctionEnvironment(FunctionDefinition function, IReadOnlyDictionary<string, string> values, bool isLocal)
    {
        Function = function;
        _values = values;
        IsEmbedded = isLocal;
    }

    public FunctionDefinition Function { get; }

    /// <summary>STORAGE=embedded: one machine. Else the stores of a deployment.</summary>
    public bool IsEmbedded { get; }

    public string this[string name] =>
        _values.TryGetValue(name, out var value) ? value : throw new ConfigurationException($"{Function.Name} is not given {name}: Topology does not list it");

    /// <summary>The value, or null where it is not set.</summary>
    public string? Optional(string name) => _values.GetValueOrDefault(name);

    /// <summary>Whose pages may read answers.</summary>
    /// <exception cref="ConfigurationException">An entry is no origin.</exception>
    public AllowedOrigins AllowedOrigins
    {
        get
        {
            try
            {
                return AllowedOrigins.Parse(Optional(AllowedOrigins.Variable));
            }
            catch (FormatException wrong)
            {
                throw new ConfigurationException($"{AllowedOrigins.Variable}: {wrong.Message}");
            }
        }
    }

    /// <summary>Reads the variables of <paramref name="function"/>.</summary>
    /// <exception cref="ConfigurationException">One is missing, or says what is not known.</exception>
    public static FunctionEnvironment Read(FunctionDefinition function, Func<string, string?> variable)
    {
        var storage = OneOf(variable, "STORAGE", "embedded", "aws");
        var embedded = storage == "embedded";
        var values = new Dictionary<string, string>();
        foreach (var wanted in function.Environment)
        {
            var value = variable(wanted.Name);
            if (!string.IsNullOrEmpty(value))
            {
                values[wanted.Name] = value;
            }
            else if (IsNeeded(wanted, embedded, variable))
            {
                throw new ConfigurationException($"{wanted.Name} is not set: {function.Name} needs it with STORAGE={storage}");
            }
        }

        CheckChoices(function, variable);
        return new(function, values, embedded);
    }

    private static bool IsNeeded(EnvironmentVariable wanted, bool embedded, Func<string, string?> variable) =>
        wanted.IsOptional ? false
        : wanted.Source is VariableSource.SearchEndpoint ? variable("SEARCH_BACKEND") == "opensearch"
        : wanted.Scope == VariableScope.Both || (wanted.Scope == VariableScope.Local) == embedded
            && (wanted.Instead is not { } other || string.IsNullOrEmpty(variable(other)));

    private static void CheckChoices(FunctionDefinition function, Func<string, string?> variable)
    {
        if (function.Environment.Any(wanted => wanted.Source == VariableSource.SearchBackend))
        {
            OneOf(variable, "SEARCH_BACKEND", "postgres", "opensearch");
        }

        if (function.Environment.Any(wanted => wanted.Source == VariableSource.ModelProvider)
            && OneOf(variable, "MODEL_PROVIDER", "offline", "bedrock", "openai") != "offline")
        {
            throw new ConfigurationException("MODEL_PROVIDER: this release has the provider offline only");
        }
    }

    private static string OneOf(Func<string, string?> variable, string name, params string[] allowed)
    {
        var value = variable(name);
        return allowed.Contains(value)
            ? value!
            : throw new ConfigurationException($"{name} is {(string.IsNullOrEmpty(value) ? "not set" : $"'{value}'")}: must be {string.Join(" or ", allowed)}");
    }
}
