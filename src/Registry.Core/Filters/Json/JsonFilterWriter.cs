using System.Text.Json;
using NetTopologySuite.Geometries;
using Registry.Core.GeoJson;

namespace Registry.Core.Filters.Json;

/// <summary>Writes filters as cql2-json.</summary>
internal static class JsonFilterWriter
{
    private static readonly GeometryJsonConverter Exact = new();

    public static void Write(Utf8JsonWriter json, FilterExpression filter)
    {
        switch (filter)
        {
            case TextLiteral literal:
                json.WriteStringValue(literal.Value);
                break;
            case NumberLiteral literal:
                json.WriteNumberValue(literal.Value);
                break;
            case BooleanLiteral literal:
                json.WriteBooleanValue(literal.Value);
                break;
            case ArrayLiteral literal:
                WriteAll(json, literal.Items);
                break;
            case GeometryLiteral literal:
                WriteGeometry(json, literal.Value);
                break;
            default:
                json.WriteStartObject();
                if (!TryWriteValue(json, filter))
                    WriteOperation(json, filter);
                json.WriteEndObject();
                break;
        }
    }

    private static bool TryWriteValue(Utf8JsonWriter json, FilterExpression value)
    {
        switch (value)
        {
            case PropertyName property:
                json.WriteString("property"u8, property.Name);
                return true;
            case DateLiteral literal:
                json.WriteString("date"u8, Instants.Format(literal.Value));
                return true;
            case TimestampLiteral literal:
                json.WriteString("timestamp"u8, Instants.Format(literal.Value));
                return true;
            case IntervalLiteral literal:
                json.WriteStartArray("interval"u8);
                WriteBound(json, literal.Start);
                WriteBound(json, literal.End);
                json.WriteEndArray();
                return true;
            case BoxLiteral literal:
                json.WriteStartArray("bbox"u8);
                json.WriteNumberValue(literal.West);
                json.WriteNumberValue(literal.South);
                json.WriteNumberValue(literal.East);
                json.WriteNumberValue(literal.North);
                json.WriteEndArray();
                return true;
            default:
                return false;
        }
    }

    private static void WriteOperation(Utf8JsonWriter json, FilterExpression operation)
    {
        switch (operation)
        {
            case AllOf all:
                Write(json, "and", all.Conditions);
                break;
            case AnyOf any:
                Write(json, "or", any.Conditions);
                break;
            case Not not:
                Write(json, "not", [not.Condition]);
                break;
            case Comparison comparison:
                Write(json, FilterVocabulary.NameOf(FilterVocabulary.Comparisons, comparison.Operator), [comparison.Left, comparison.Right]);
                break;
            case Arithmetic arithmetic:
                Write(json, FilterVocabulary.NameOf(FilterVocabulary.Calculations, arithmetic.Operator), [arithmetic.Left, arithmetic.Right]);
                break;
            case SpatialPredicate spatial:
                Write(json, FilterVocabulary.NameOf(FilterVocabulary.Spatial, spatial.Relation), [spatial.Left, spatial.Right]);
                break;
            case TemporalPredicate temporal:
                Write(json, FilterVocabulary.NameOf(FilterVocabulary.Temporal, temporal.Relation), [temporal.Left, temporal.Right]);
                break;
            case ArrayPredicate array:
                Write(json, FilterVocabulary.NameOf(FilterVocabulary.Arrays, array.Relation), [array.Left, array.Right]);
                break;
            case Like like:
                Write(json, "like", [like.Value, like.Pattern]);
                break;
            case Between between:
                Write(json, "between", [between.Value, between.Least, between.Most]);
                break;
            case In member:
                Write(json, "in", [member.Value, new ArrayLiteral(member.List)]);
                break;
            case IsNull isNull:
                Write(json, "isNull", [isNull.Value]);
                break;
            case CaseFolded folded:
                Write(json, "casei", [folded.Text]);
                break;
            case AccentFolded folded:
                Write(json, "accenti", [folded.Text]);
                break;
            case FunctionCall call:
                Write(json, call.Name, call.Arguments);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not a part of a filter.");
        }
    }

    private static void Write(Utf8JsonWriter json, string name, FilterParts arguments)
    {
        json.WriteString("op"u8, name);
        json.WritePropertyName("args"u8);
        WriteAll(json, arguments);
    }

    private static void WriteAll(Utf8JsonWriter json, FilterParts parts)
    {
        json.WriteStartArray();
        foreach (var part in parts)
            Write(json, part);
        json.WriteEndArray();
    }

    private static void WriteBound(Utf8JsonWriter json, FilterExpression? bound)
    {
        switch (bound)
        {
            case null:
                json.WriteStringValue(".."u8);
                break;
            case DateLiteral date:
                json.WriteStringValue(Instants.Format(date.Value));
                break;
            case TimestampLiteral timestamp:
                json.WriteStringValue(Instants.Format(timestamp.Value));
                break;
            default:
                Write(json, bound);
                break;
        }
    }

    private static void WriteGeometry(Utf8JsonWriter json, Geometry geometry)
    {
        if (geometry is not GeometryCollection collection || geometry is MultiPoint or MultiLineString or MultiPolygon)
        {
            Exact.Write(json, geometry, JsonSerializerOptions.Default);
            return;
        }

        json.WriteStartObject();
        json.WriteString("type"u8, "GeometryCollection"u8);
        json.WriteStartArray("geometries"u8);
        foreach (var part in collection.Geometries)
            WriteGeometry(json, part);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
