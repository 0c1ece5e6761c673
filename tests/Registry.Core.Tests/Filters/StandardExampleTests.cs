using System.Text;
using Registry.Core.Filters.Json;
using Registry.Core.Filters.Text;

namespace Registry.Core.Tests.Filters;

/// <summary>
/// The shorter examples of the standard (OGC 21-065r2, repository opengeospatial/ogcapi-features, cql2/standard/schema/examples), in
/// text and in JSON.
/// </summary>
public sealed class StandardExampleTests
{
    public static TheoryData<string, string, string> Examples()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "cql2_examples.tsv")))
        {
            var columns = line.Split('\t');
            rows.Add(columns[0], columns[1], columns[2]);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_in_text_and_in_JSON_is_the_same_filter(string name, string text, string json)
    {
        var fromText = FilterText.Read(text);
        Assert.True(fromText.IsSound, $"{name}: {fromText.Fault}");
        var fromJson = FilterJson.Read(Encoding.UTF8.GetBytes(json));
        Assert.True(fromJson.IsSound, $"{name}: {fromJson.Fault}");
        Assert.Equal(fromText.Filter, fromJson.Filter);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_survives_the_way_to_JSON_and_back(string name, string text, string json)
    {
        var read = FilterText.Read(text).Filter!;
        var again = FilterJson.Read(FilterJson.Encode(read));
        Assert.True(again.IsSound, $"{name}, {json}: {again.Fault}");
        Assert.Equal(read, again.Filter);
    }
}
