using Microsoft.AspNetCore.WebUtilities;
using Registry.Core;

namespace Registry.Gateway.Parameters;

/// <summary>Reads a query string once, without a copy where nothing in it is percent-encoded.</summary>
public static class QueryText
{
    private const int MostCharactersOfName = 50;

    /// <summary>Finds the values of parameters. A parameter that is not known or comes twice is refused by its name.</summary>
    /// <param name="query">The query string as it came.</param>
    /// <param name="names">The parameters that the address knows, by their names as they are written in lower case or camelCase.</param>
    /// <param name="values">As long as <paramref name="names"/>, empty before; the decoded value of each parameter, null where it is absent.</param>
    /// <returns>What is wrong with the query; null when nothing is.</returns>
    /// <remarks>
    /// OGC API - Features asks for the refusal (/req/core/query-param-unknown), and a misspelt filter that is silently ignored
    /// answers another question than the one that was asked.
    /// </remarks>
    public static Refusal? Read(QueryString query, ReadOnlySpan<string> names, Span<ReadOnlyMemory<char>?> values)
    {
        foreach (var parameter in new QueryStringEnumerable(query.Value))
        {
            var name = parameter.DecodeName();
            var index = IndexOf(names, name.Span);
            if (index < 0)
                return Unknown(name.Span, names);
            if (values[index] is not null)
                return Refusal.Malformed(names[index], "The parameter is given more than once.");
            values[index] = parameter.DecodeValue();
        }

        return null;
    }

    private static int IndexOf(ReadOnlySpan<string> names, ReadOnlySpan<char> name)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (name.SequenceEqual(names[i]))
                return i;
        }

        return -1;
    }

    private static Refusal Unknown(ReadOnlySpan<char> name, ReadOnlySpan<string> names)
    {
        var shown = name.Length <= MostCharactersOfName ? name.ToString() : $"{name[..MostCharactersOfName]}...";
        var known = names.Length == 0 ? "none is" : $"known are {string.Join(", ", names!)}";
        var now = name is DateTimeParameter.AsAtName or DateTimeParameter.Name && IndexOf(names, DateTimeParameter.AsAtName) < 0
            ? " It answers for now only: what the register said at an instant, collections, single objects, cells, free areas, tiles and /statistics tell, by as-at."
            : "";
        return Refusal.Malformed(shown, $"This address has no parameter '{shown}'; {known}.{now}");
    }
}
