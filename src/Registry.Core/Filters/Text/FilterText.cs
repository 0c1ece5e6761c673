using System.Globalization;

namespace Registry.Core.Filters.Text;

/// <summary>Reads filters written as cql2-text (OGC 21-065r2, 8.2 and annex B).</summary>
public static class FilterText
{
    /// <summary>The name of the encoding, as <c>filter-lang</c> has it.</summary>
    public const string Name = "cql2-text";

    /// <summary>Reads a filter, in time linear in its length. Bad input never makes it throw.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limits">How much is read; <see cref="FilterLimits.Default"/> where null.</param>
    public static FilterReading Read(string text, FilterLimits? limits = null)
    {
        limits ??= FilterLimits.Default;
        return FilterReading.Of(() => text.Length > limits.Characters
            ? throw new FilterFaultException(FilterPlace.At(limits.Characters), string.Create(
                CultureInfo.InvariantCulture, $"The filter is longer than {limits.Characters:#,0} characters."))
            : new TextParser(text, new FilterBudget(limits)).Parse());
    }
}
