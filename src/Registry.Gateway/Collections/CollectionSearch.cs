using Registry.Core;
using Registry.Gateway.Collections.Formats;
using Registry.Gateway.Collections.Paging;
using Registry.Gateway.Parameters;
using Registry.Gateway.Problems;
using Registry.Gateway.Requests;
using Registry.Gateway.Sheets;

namespace Registry.Gateway.Collections;

/// <summary>
/// Answers <c>POST /collections/{collection}/search</c>: the items of a collection for a filter that is too long for an address. The link
/// <c>next</c> is the same address with a page; the same body is sent to it.
/// </summary>
/// <param name="items">Answers with pages.</param>
/// <param name="plan">Which sheets a rectangle touches.</param>
/// <param name="tokens">How page tokens are written.</param>
public sealed class CollectionSearch(CollectionItems items, SheetPlan plan, PageTokens tokens)
{
    private static readonly string[] Parameters = [FormatParameter.Name, ItemsQuery.PageParameter];

    /// <summary>Answers the request.</summary>
    public async Task Answer(HttpContext context, CollectionDescription collection)
    {
        var parameters = ItemsParameters.Of(collection);
        var values = new ReadOnlyMemory<char>?[Parameters.Length];
        if (QueryText.Read(context.Request.QueryString, Parameters, values) is { } unknown)
        {
            await unknown.ToProblem().ExecuteAsync(context);
            return;
        }

        var incoming = await Incoming<SearchForm>.Read(context, IncomingKind.Search, body => SearchForm.Read(body, parameters));
        if (incoming.Problem is { } problem)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        var form = incoming.Form;
        (form.Values[ItemsParameters.Format], form.Values[ItemsParameters.Page]) = (values[0], values[1]);
        if (ItemsQuery.Read(
            context.Request, collection.Id, parameters, plan, tokens, FeatureFormat.OfItems, form.Values, form.Filter, out var query) is { } fault)
        {
            await InBody(fault).ToProblem().ExecuteAsync(context);
            return;
        }

        await items.Page(context, collection, query);
    }

    /// <summary>The same fault with a pointer into the body where the member stands there.</summary>
    private static Refusal InBody(Refusal fault) => fault with
    {
        Faults = [.. fault.Faults.Select(field => Parameters.Contains(field.Pointer) ? field : field with { Pointer = $"/{field.Pointer}" })],
    };
}
