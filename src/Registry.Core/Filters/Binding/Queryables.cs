using System.Collections.Frozen;

namespace Registry.Core.Filters.Binding;

/// <summary>
/// The queryables of a collection: the one description that the resource <c>queryables</c>, the parameters of a query, the check of a
/// filter and its evaluation are made from.
/// </summary>
public abstract class Queryables
{
    private readonly FrozenDictionary<string, QueryableProperty> _byName;

    private protected Queryables(IReadOnlyList<QueryableProperty> all)
    {
        All = all;
        _byName = all.ToFrozenDictionary(queryable => queryable.Name);
    }

    /// <summary>Every queryable, in the order in which they are listed.</summary>
    public IReadOnlyList<QueryableProperty> All { get; }

    /// <summary>The queryable of a name; null when there is none.</summary>
    public QueryableProperty? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Checks names and types of a filter.</summary>
    /// <param name="filter">The filter.</param>
    /// <returns>The first fault; null when the filter can be evaluated.</returns>
    public abstract FilterFault? Check(FilterExpression filter);
}

/// <summary>The queryables of a collection whose features have a typed state.</summary>
/// <typeparam name="TFeature">The typed state of a feature.</typeparam>
/// <param name="all">The queryables, in the order in which they are listed.</param>
public sealed class Queryables<TFeature>(IReadOnlyList<QueryableProperty<TFeature>> all) : Queryables(all)
{
    /// <inheritdoc/>
    public override FilterFault? Check(FilterExpression filter)
    {
        try
        {
            new ConditionBinder<TFeature>(this, WorkBudget.Unbounded).Bind(filter);
            return null;
        }
        catch (FilterFaultException refused)
        {
            return refused.Fault;
        }
    }

    /// <summary>Makes a filter ready to be evaluated.</summary>
    /// <param name="filter">A filter that passes <see cref="Check"/>.</param>
    /// <param name="budget">Spent by relations of geometries. Once it is spent they answer null, and whoever asks has to look. Null for no bound.</param>
    /// <returns>
    /// Whether a feature passes: the filter is true of it, neither false nor null. It holds prepared geometries, which are not safe for
    /// many threads: bind once a query and thread.
    /// </returns>
    /// <exception cref="ArgumentException">The filter has a fault.</exception>
    public Func<TFeature, bool> Bind(FilterExpression filter, WorkBudget? budget = null)
    {
        try
        {
            var condition = new ConditionBinder<TFeature>(this, budget ?? WorkBudget.Unbounded).Bind(filter).Test;
            return feature => condition(feature) == true;
        }
        catch (FilterFaultException refused)
        {
            throw new ArgumentException(refused.Fault.ToString(), nameof(filter), refused);
        }
    }

    /// <summary>The queryable of a name with the way to its value.</summary>
    internal QueryableProperty<TFeature>? FindTyped(string name) => (QueryableProperty<TFeature>?)Find(name);
}
