namespace Amazon.Lambda.Core;

/// <summary>Turns the bytes of events and answers into objects and back.</summary>
public interface ILambdaSerializer
{
    /// <summary>Reads the event.</summary>
    T Deserialize<T>(Stream requestStream);

    /// <summary>Writes the answer.</summary>
    void Serialize<T>(T response, Stream responseStream);
}

/// <summary>Names the serializer type of an assembly or a method, for the managed runtime.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Method)]
public sealed class LambdaSerializerAttribute(Type serializerType) : Attribute
{
    /// <summary>A type that implements <see cref="ILambdaSerializer"/> and has a constructor without parameters.</summary>
    public Type SerializerType { get; set; } = serializerType;
}
