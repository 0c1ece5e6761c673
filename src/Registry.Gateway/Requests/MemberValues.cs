using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Registry.Core;
using Registry.Core.GeoJson;
using Registry.Gateway.Answers;

namespace Registry.Gateway.Requests;

/// <summary>The values of members by type. A value at fault is noted and reads as if it had been left out.</summary>
internal static class MemberValues
{
    private const int MostListed = 100;

    /// <summary>A text that has to be there: not blank, and with nothing in it that <see cref="FreeText"/> refuses.</summary>
    public static string Text(this Members members, string name, int most = 200) =>
        members.Required(name) is { } value ? ReadText(members, members.PointerTo(name), value, most) ?? "" : "";

    /// <summary>A text that may be left out.</summary>
    public static string? OptionalText(this Members members, string name, int most = 200) =>
        members.Optional(name) is { } value ? ReadText(members, members.PointerTo(name), value, most) : null;

    /// <summary>A list of texts; empty when left out.</summary>
    public static IReadOnlyList<string> Texts(this Members members, string name, int mostItems = MostListed, int most = 200) =>
        members.List(name, mostItems, (value, pointer) => ReadText(members, pointer, value, most));

    /// <summary>A list of commodities by their names in the registry, each once; empty when left out.</summary>
    public static IReadOnlyList<string> Commodities(this Members members, string name)
    {
        const int longest = 100;
        var read = members.List(name, MostListed, (value, pointer) =>
        {
            if (ReadText(members, pointer, value, longest) is not { } text)
                return null;
            if (Registry.Core.Deposits.Commodities.TryRead(text, out var commodity))
                return commodity;
            members.Faults.Add(pointer, $"\"{Members.Shortened(text)}\" is no commodity known here.");
            return null;
        });
        return [.. read.Distinct()];
    }

    /// <summary>A word of an enumeration; null when left out or at fault.</summary>
    public static T? Choice<T>(this Members members, string name, bool required = true)
        where T : struct, Enum
    {
        var value = required ? members.Required(name) : members.Optional(name);
        if (value is not { } given || ReadText(members, members.PointerTo(name), given, 100) is not { } word)
            return null;
        if (Words.TryRead<T>(word, out var choice))
            return choice;
        members.Refuse(name, $"\"{Members.Shortened(word)}\" is none of {Words.All<T>()}.");
        return null;
    }

    /// <summary>A number within bounds; null when left out or at fault.</summary>
    public static decimal? Number(this Members members, string name, decimal least, decimal greatest, bool required = true)
    {
        var value = required ? members.Required(name) : members.Optional(name);
        if (value is not { } given)
            return null;
        if (given.ValueKind != JsonValueKind.Number)
        {
            members.Refuse(name, $"A number was expected, not {Members.Describe(given)}.");
            return null;
        }

        if (given.TryGetDecimal(out var number) && number >= least && number <= greatest)
            return number;
        members.Refuse(name, string.Create(CultureInfo.InvariantCulture, $"A number from {least} to {greatest} was expected."));
        return null;
    }

    /// <summary>A date, <c>2027-05-14</c>; null when left out or at fault.</summary>
    public static DateOnly? Date(this Members members, string name, bool required = false)
    {
        var text = required ? members.Text(name) : members.OptionalText(name);
        if (string.IsNullOrEmpty(text))
            return null;
        if (Rfc3339.TryReadDate(text, out var date))
            return date;
        members.Refuse(name, $"\"{Members.Shortened(text)}\" is no date such as 2027-05-14.");
        return null;
    }

    /// <summary>An instant with its offset from UTC (RFC 3339); null when it is left out or at fault.</summary>
    public static DateTimeOffset? Instant(this Members members, string name)
    {
        if (members.Required(name) is not { } value || ReadText(members, members.PointerTo(name), value, 100) is not { } text)
            return null;
        if (Rfc3339.TryRead(text, out var instant))
            return instant;
        members.Refuse(name, $"\"{Members.Shortened(text)}\" is no instant such as 2027-05-14T09:00:00Z.");
        return null;
    }

    /// <summary>A GeoJSON geometry; null when left out or at fault.</summary>
    public static Geometry? Geometry(
        this Members members, string name, GeometryTypes accepted, bool required = true, TouchingParts touching = TouchingParts.Refused)
    {
        var value = required ? members.Required(name) : members.Optional(name);
        if (value is not { } given)
            return null;
        var reading = GeometryReader.Read(given, GeoJsonLimits.Default with { TouchingParts = touching }, accepted);
        foreach (var fault in reading.Faults)
            members.Faults.Add(members.PointerTo(name) + fault.Pointer, fault.Detail);
        return reading.Geometry;
    }

    /// <summary>A list of objects; empty when left out.</summary>
    public static IReadOnlyList<T> Objects<T>(this Members members, string name, Func<Members, T?> read)
        where T : class => members.List(name, MostListed, (value, pointer) =>
    {
        var inner = new Members(value, pointer, members.Faults);
        var item = read(inner);
        inner.RefuseOthers();
        return item;
    });

    private static List<T> List<T>(this Members members, string name, int most, Func<JsonElement, string, T?> read)
        where T : class
    {
        var items = new List<T>();
        if (members.Optional(name) is not { } value)
            return items;
        if (value.ValueKind != JsonValueKind.Array)
        {
            members.Refuse(name, $"An array was expected, not {Members.Describe(value)}.");
            return items;
        }

        if (value.GetArrayLength() > most)
        {
            members.Refuse(name, string.Create(CultureInfo.InvariantCulture, $"The array has more than {most} items."));
            return items;
        }

        var at = 0;
        foreach (var element in value.EnumerateArray())
        {
            if (read(element, string.Create(CultureInfo.InvariantCulture, $"{members.PointerTo(name)}/{at++}")) is { } item)
                items.Add(item);
        }

        return items;
    }

    private static string? ReadText(Members members, string pointer, JsonElement value, int most)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            members.Faults.Add(pointer, $"A string was expected, not {Members.Describe(value)}.");
            return null;
        }

        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Thrown for an escape that is half of a character: \ud800.
            members.Faults.Add(pointer, "The string is not Unicode text.");
            return null;
        }

        var fault = string.IsNullOrWhiteSpace(text) ? "The string is blank."
            : text.Length > most ? string.Create(CultureInfo.InvariantCulture, $"The string is longer than {most} characters.")
            : FreeText.FaultOf(text);
        if (fault is null)
            return text;
        members.Faults.Add(pointer, fault);
        return null;
    }
}
