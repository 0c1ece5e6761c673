using NetTopologySuite.Geometries;
using Registry.Core.Deposits;
using Registry.Core.GeoJson;
using Registry.Gateway.Requests;

namespace Registry.Gateway.Deposits;

/// <summary>The body that registers a deposit.</summary>
internal static class DepositForm
{
    /// <summary>The types of geometry that a deposit may have.</summary>
    public const GeometryTypes Geometries = GeometryTypes.Point | GeometryTypes.Areas;

    /// <summary>Reads the body. The deposit has no id yet.</summary>
    /// <returns>Null when something that has to be there is not; the body's faults then say so.</returns>
    public static DepositState? Read(Members body)
    {
        var name = body.Text("name");
        var otherNames = body.Texts("otherNames");
        var status = body.Choice<DepositStatus>("status");
        var geometry = body.Geometry("geometry", Geometries);
        var commodities = body.Commodities("commodities");
        var sources = body.Texts("sources");
        return status is null || geometry is null ? null : new DepositState
        {
            Id = "",
            Name = name,
            OtherNames = otherNames,
            Status = status.Value,
            Geometry = geometry,
            Commodities = commodities,
            Sources = sources,
        };
    }
}

/// <summary>A merge patch (RFC 7396) of a deposit: what is null here stays as it is.</summary>
internal sealed record DepositPatch(
    string? Name,
    IReadOnlyList<string>? OtherNames,
    DepositStatus? Status,
    Geometry? Geometry,
    IReadOnlyList<string>? Commodities,
    IReadOnlyList<string>? Sources)
{
    /// <summary>Reads the patch. A list that is <c>null</c> is emptied; what a deposit cannot be without cannot be <c>null</c>.</summary>
    public static DepositPatch Read(Members body)
    {
        foreach (var name in (ReadOnlySpan<string>)["name", "status", "geometry"])
        {
            if (body.IsNull(name))
                body.Refuse(name, $"A deposit cannot be without its {name}.");
        }

        return new DepositPatch(
            body.OptionalText("name"),
            body.Has("otherNames") ? body.Texts("otherNames") : null,
            body.Choice<DepositStatus>("status", required: false),
            body.Geometry("geometry", DepositForm.Geometries, required: false),
            body.Has("commodities") ? body.Commodities("commodities") : null,
            body.Has("sources") ? body.Texts("sources") : null);
    }

    /// <summary>The deposit with the patch over it.</summary>
    public DepositState Over(DepositState deposit) => deposit with
    {
        Name = Name ?? deposit.Name,
        OtherNames = OtherNames ?? deposit.OtherNames,
        Status = Status ?? deposit.Status,
        Geometry = Geometry ?? deposit.Geometry,
        Commodities = Commodities ?? deposit.Commodities,
        Sources = Sources ?? deposit.Sources,
    };
}
