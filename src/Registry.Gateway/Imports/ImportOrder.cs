using System.Text;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Formats.Encodings;
using Registry.Formats.ReferenceSystems;
using Registry.Gateway.Answers;
using Registry.Gateway.Parameters;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Imports;

/// <summary>What the sender of a file asks for.</summary>
/// <param name="Collection">What the features are: license blocks or deposits.</param>
/// <param name="Mode">What happens to the others when one is refused.</param>
/// <param name="Holder">The party that is to hold license blocks whose feature names none; null when none is named.</param>
/// <param name="Format">The format of the file.</param>
/// <param name="Encoding">What its texts are in; null for what the file or its format says.</param>
/// <param name="System">What its positions are given in; null for what the file says, or WGS 84.</param>
internal sealed record ImportOrder(Collection Collection, ImportMode Mode, string? Holder, ImportFormat Format, Encoding? Encoding, SourceSystem? System)
{
    private const int MostHolderCharacters = 200;
    private static readonly string[] Parameters = ["collection", "mode", "holder", "encoding", "crs"];

    /// <summary>The order in words that are the same for the same order, for its fingerprint.</summary>
    public string Canonical => $"{StreamId.NameOf(Collection)}\0{Mode}\0{Holder}\0{Format.Name}{(Encoding is null ? "" : $"\0{Encoding.WebName}")}{(System is null ? "" : $"\0crs {System.Name}")}";

    /// <summary>Reads the parameters and the media type of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="order">The order; null when there is a problem.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static Problem? Read(HttpRequest request, Caller caller, out ImportOrder? order)
    {
        order = null;
        Span<ReadOnlyMemory<char>?> values = [null, null, null, null, null];
        if (QueryText.Read(request.QueryString, Parameters, values) is { } unknown)
            return unknown.ToProblem();
        Collection collection;
        switch (values[0]?.ToString())
        {
            case "license-blocks":
                collection = Collection.LicenseBlocks;
                break;
            case "deposits":
                collection = Collection.Deposits;
                break;
            default:
                return Problem.Malformed("collection", "The parameter says what the features are: license-blocks or deposits.");
        }

        if (collection == Collection.Deposits && caller.Role != Role.Registrar)
            return new Problem(ProblemType.Forbidden, "Only a registrar keeps deposits.");
        var mode = ImportMode.Feature;
        if (values[1] is { } word && !Words.TryRead(word.ToString(), out mode))
            return Problem.Malformed("mode", $"All or nothing holds for each {Words.All<ImportMode>().Replace(", ", " or for the whole ", StringComparison.Ordinal)}.");
        var holder = values[2]?.ToString();
        if (holder is not null && (holder.Length is 0 or > MostHolderCharacters || collection == Collection.Deposits))
            return Problem.Malformed("holder", "The parameter is the id of the party that is to hold the license blocks.");
        if (ImportFormat.Find(request.ContentType) is not { } format)
        {
            var types = string.Join(", ", ImportFormat.All.Select(known => known.MediaTypes[0]));
            return new Problem(ProblemType.UnsupportedMediaType, $"The body is a file of one of these types: {types}.");
        }

        var encoding = default(Encoding);
        if (values[3]?.ToString() is { } name)
        {
            if (!format.HasEncodings)
                return Problem.Malformed("encoding", $"The text of {format.Name} is in one encoding only, so that none is named.");
            encoding = TextEncodings.Find(name);
            if (encoding is null)
                return Problem.Malformed("encoding", "The parameter names an encoding as windows-1251, cp866, gbk, iso-8859-1 or utf-16le do; there is none of this name.");
        }

        var system = default(SourceSystem);
        if (values[4]?.ToString() is { } code)
        {
            if (!format.HasSystems)
                return Problem.Malformed("crs", $"{format.Name} is in WGS 84 always, so that no other reference system is named.");
            system = SourceSystemNames.Find(code);
            if (system is null)
                return Problem.Malformed("crs", $"The parameter names what the file's positions are given in, as EPSG:32642, EPSG:28412 or EPSG:3857 do; this one is not read. {SourceSystem.Remedy}");
        }

        order = new ImportOrder(collection, mode, holder, format, encoding, system);
        return null;
    }
}
