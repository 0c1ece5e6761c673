using System.Buffers;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace Registry.Grains.Wire;

/// <summary>
/// Carries the registry's own records between silos in the same source-generated JSON that the journal keeps, so that Core and
/// Actors need not know of Orleans. Records are immutable, so that a copy is the record itself.
/// </summary>
internal sealed class RegistryCodec : IGeneralizedCodec, IGeneralizedCopier, ITypeFilter
{
    /// <inheritdoc/>
    public bool IsSupportedType(Type type) => type == typeof(RegistryCodec) || WireBinary.Travels(type) || WireJson.Travels(type);

    /// <inheritdoc/>
    public bool? IsTypeAllowed(Type type) => IsSupportedType(type) || typeof(Exception).IsAssignableFrom(type) ? true : null;

    /// <inheritdoc/>
    public object? DeepCopy(object? input, CopyContext context) => input;

    /// <inheritdoc/>
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, object? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (ReferenceCodec.TryWriteReferenceField(ref writer, fieldIdDelta, expectedType!, value))
            return;
        writer.WriteFieldHeader(fieldIdDelta, expectedType!, typeof(RegistryCodec), WireType.LengthPrefixed);
        if (WireBinary.Travels(value!.GetType()))
        {
            WireBinary.Write(ref writer, value);
            return;
        }

        var bytes = WireJson.Serialize(value);
        writer.WriteVarUInt32((uint)bytes.Length);
        writer.Write(bytes);
    }

    /// <inheritdoc/>
    public object? ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.IsReference)
            return ReferenceCodec.ReadReference(ref reader, field.FieldType);
        field.EnsureWireType(WireType.LengthPrefixed);
        var length = (int)reader.ReadVarUInt32();
        var mark = reader.ReadByte();
        var value = mark >= WireBinary.LowestMark ? WireBinary.Read(ref reader, mark, length - 1) : ReadJson(ref reader, mark, length - 1);
        ReferenceCodec.RecordObject(reader.Session, value);
        return value;
    }

    private static object ReadJson<TInput>(ref Reader<TInput> reader, byte mark, int length)
    {
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            reader.ReadBytes(rented.AsSpan(0, length));
            return WireJson.Deserialize(mark, rented.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}

/// <summary>Registers the codec.</summary>
internal static class RegistryWire
{
    /// <summary>Lets the registry's records travel, and every exception: a caller must be able to tell a journal that failed from a fault.</summary>
    public static ISerializerBuilder AddRegistryWire(this ISerializerBuilder serializer)
    {
        serializer.Services.AddSingleton<RegistryCodec>();
        serializer.Services.AddSingleton<IGeneralizedCodec>(services => services.GetRequiredService<RegistryCodec>());
        serializer.Services.AddSingleton<IGeneralizedCopier>(services => services.GetRequiredService<RegistryCodec>());
        serializer.Services.AddSingleton<ITypeFilter>(services => services.GetRequiredService<RegistryCodec>());
        // Orleans carries only the platform's exceptions by itself, and of any other says that it could not.
        serializer.Services.Configure<ExceptionSerializationOptions>(options => options.SupportedExceptionTypeFilter = static _ => true);
        return serializer;
    }
}
