using Registry.Deployment.Tests.Tools;

namespace Registry.Deployment.Tests.Kubernetes;

/// <summary>Label selectors, as Kubernetes reads them.</summary>
internal static class Selector
{
    /// <summary>Whether labels are selected. A selector that says nothing selects everything.</summary>
    public static bool Selects(YamlNode selector, IReadOnlyDictionary<string, string> labels) =>
        selector.Pairs("matchLabels").All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value)
        && selector.Items("matchExpressions").All(expression => Fulfils(expression, labels));

    private static bool Fulfils(YamlNode expression, IReadOnlyDictionary<string, string> labels)
    {
        var present = labels.TryGetValue(expression.Text("key")!, out var value);
        var named = expression.Items("values").Any(item => item.Text() == value);
        return expression.Text("operator") switch
        {
            "In" => present && named,
            "NotIn" => !present || !named,
            "Exists" => present,
            "DoesNotExist" => !present,
            var other => throw new ArgumentException($"'{other}' is no operator of a label selector."),
        };
    }
}
