using Registry.Actors.Journal;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Objects;

/// <summary>Addresses that hold the id of an object.</summary>
internal static class PossibleIds
{
    /// <summary>Answers 404 for an id that no object of the collection can have, before anything is read or asked.</summary>
    /// <param name="routes">Addresses in which <c>{id}</c> is such an id, if they have one.</param>
    /// <param name="collection">Of which collection.</param>
    /// <param name="unknown">Says that there is no object of an id.</param>
    public static RouteGroupBuilder WithPossibleIds(this RouteGroupBuilder routes, Collection collection, Func<string, Problem> unknown) =>
        routes.AddEndpointFilter((context, next) =>
            context.HttpContext.GetRouteValue("id") is string id && !ObjectId.IsPossible(collection, id) ? new(unknown(id)) : next(context));
}
