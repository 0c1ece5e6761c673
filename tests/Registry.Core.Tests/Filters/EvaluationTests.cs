namespace Registry.Core.Tests.Filters;

/// <summary>What filters say of a feature.</summary>
public sealed class EvaluationTests
{
    private static readonly Mine Full = new("Große Grube")
    {
        Depth = 120,
        Opened = new DateOnly(2020, 5, 1),
        Closed = new DateOnly(2024, 5, 1),
        Surveyed = new DateTimeOffset(2021, 6, 15, 12, 0, 0, TimeSpan.Zero),
        Commodities = ["copper", "gold"],
        Ground = Mine.Wkt("POLYGON((70 50,71 50,71 51,70 51,70 50))"),
    };

    private static readonly Mine Empty = new("x");

    [Theory]
    [InlineData("depth = 120", true)]
    [InlineData("depth <> 120", false)]
    [InlineData("depth + 2 * 3 = 126", true)]
    [InlineData("(depth + 2) * 3 = 366", true)]
    [InlineData("2 ^ 3 = 8 AND depth = 120", true)]
    [InlineData("depth div 50 = 2 AND depth % 50 = 20", true)]
    [InlineData("-depth = -120 AND - depth < +1", true)]
    [InlineData("depth BETWEEN 100 AND 120", true)]
    [InlineData("depth NOT BETWEEN 100 AND 120", false)]
    [InlineData("depth IN (1, 120)", true)]
    [InlineData("depth NOT IN (1, 120)", false)]
    [InlineData("120 IN (1, depth)", true)]
    [InlineData("name = 'Große Grube'", true)]
    [InlineData("CASEI(name) = CASEI('GROSSE GRUBE')", true)]
    [InlineData("CASEI(name) LIKE CASEI('grosse%')", true)]
    [InlineData("name > 'A' AND name < 'a'", true)]
    [InlineData("name LIKE 'Gro_e%'", true)]
    [InlineData("NOT name LIKE '%x%' AND NOT (depth < 5 OR depth > 500)", true)]
    [InlineData("depth < 1 OR name = 'x' OR opened < DATE('2021-01-01')", true)]
    [InlineData("true = (depth = 120)", true)]
    [InlineData("(depth = 1) IS NULL", false)]
    [InlineData("TRUE", true)]
    [InlineData("FALSE OR depth = 120 AND FALSE", false)]
    public void Comparisons_and_logic(string filter, bool passes) => Assert.Equal(passes, Full.Passes(filter));

    [Theory]
    [InlineData("depth = 1")]
    [InlineData("depth <> 1")]
    [InlineData("NOT depth = 1")]
    [InlineData("depth IN (1, 2)")]
    [InlineData("depth NOT IN (1, 2)")]
    [InlineData("depth BETWEEN 1 AND 2")]
    [InlineData("depth + 1 > 0")]
    [InlineData("S_DISJOINT(geometry, POINT(1 1))")]
    [InlineData("T_BEFORE(opened, DATE('2030-01-01'))")]
    [InlineData("T_DURING(INTERVAL(opened, closed), INTERVAL('2000-01-01', '..'))")]
    [InlineData("NOT (depth = 1 AND TRUE)")]
    public void What_is_missing_is_neither_true_nor_false(string filter) => Assert.False(Empty.Passes(filter));

    [Theory]
    [InlineData("depth IS NULL", true)]
    [InlineData("depth IS NOT NULL", false)]
    [InlineData("geometry IS NULL AND (depth = 1) IS NULL", true)]
    [InlineData("depth = 1 OR name = 'x'", true)]
    [InlineData("NOT (depth = 1 AND FALSE)", true)]
    [InlineData("name IS NULL", false)]
    [InlineData("1 / 0 = 1 OR (1 / 0) IS NULL", true)]
    public void Logic_has_three_values(string filter, bool passes) => Assert.Equal(passes, Empty.Passes(filter));

    [Theory]
    [InlineData("S_INTERSECTS(geometry, POINT(70.5 50.5))", true)]
    [InlineData("S_INTERSECTS(geometry, POINT Z (71 51 12))", true)]
    [InlineData("S_INTERSECTS(geometry, POINT(72 50.5))", false)]
    [InlineData("S_INTERSECTS(BBOX(70.9, 50.9, 80, 60), geometry)", true)]
    [InlineData("S_INTERSECTS(geometry, BBOX(170, -90, -170, 90))", false)]
    [InlineData("S_INTERSECTS(geometry, BBOX(69, 0, 68, 90))", true)]
    [InlineData("S_DISJOINT(geometry, BBOX(80, 50, 81, 51))", true)]
    [InlineData("S_WITHIN(geometry, BBOX(70, 50, 71, 51))", true)]
    [InlineData("S_WITHIN(geometry, BBOX(70, 50, 70.9, 51))", false)]
    [InlineData("S_CONTAINS(BBOX(60, 40, 80, 60), geometry)", true)]
    [InlineData("S_WITHIN(POINT(70.5 50.5), geometry)", true)]
    [InlineData("S_CONTAINS(geometry, POINT(70.5 50.5))", true)]
    [InlineData("S_CONTAINS(geometry, POINT(70 50))", false)]
    [InlineData("S_TOUCHES(geometry, BBOX(71, 50, 72, 51))", true)]
    [InlineData("S_TOUCHES(geometry, BBOX(70.9, 50, 72, 51))", false)]
    [InlineData("S_OVERLAPS(geometry, BBOX(70.9, 50, 72, 51))", true)]
    [InlineData("S_CROSSES(geometry, LINESTRING(69 50.5, 72 50.5))", true)]
    [InlineData("S_EQUALS(geometry, POLYGON((71 51, 70 51, 70 50, 71 50, 71 51)))", true)]
    [InlineData("S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(1 1), LINESTRING(69 50.5, 72 50.5)))", true)]
    [InlineData("S_EQUALS(geometry, GEOMETRYCOLLECTION(POLYGON((70 50,70.5 50,70.5 51,70 51,70 50)), POLYGON((70.5 50,71 50,71 51,70.5 51,70.5 50))))", true)]
    [InlineData("S_INTERSECTS(POINT(1 1), BBOX(0, 0, 2, 2))", true)]
    [InlineData("S_EQUALS(geometry, geometry)", true)]
    public void Spatial_relations(string filter, bool passes) => Assert.Equal(passes, Full.Passes(filter));

    [Theory]
    [InlineData("opened = DATE('2020-05-01')", true)]
    [InlineData("opened BETWEEN DATE('2020-01-01') AND DATE('2020-12-31')", true)]
    [InlineData("surveyed > TIMESTAMP('2021-06-15T11:59:59Z')", true)]
    [InlineData("T_AFTER(opened, DATE('2020-04-30'))", true)]
    [InlineData("T_AFTER(opened, DATE('2020-05-01'))", false)]
    [InlineData("T_AFTER(surveyed, DATE('2021-06-15'))", false)]
    [InlineData("T_INTERSECTS(surveyed, DATE('2021-06-15'))", true)]
    [InlineData("T_BEFORE(opened, surveyed)", true)]
    [InlineData("T_EQUALS(opened, DATE('2020-05-01'))", true)]
    [InlineData("T_DISJOINT(opened, INTERVAL('..', '2020-04-30'))", true)]
    [InlineData("T_INTERSECTS(surveyed, INTERVAL('2021-06-15', '2021-06-15'))", true)]
    [InlineData("T_DURING(INTERVAL(opened, closed), INTERVAL('2020-04-30', '..'))", true)]
    [InlineData("T_DURING(INTERVAL(opened, closed), INTERVAL('2020-05-01', '..'))", false)]
    [InlineData("T_STARTS(INTERVAL(opened, closed), INTERVAL('2020-05-01', '2025-01-01'))", true)]
    [InlineData("T_STARTEDBY(INTERVAL(opened, closed), INTERVAL('2020-05-01', '2021-01-01'))", true)]
    [InlineData("T_CONTAINS(INTERVAL(opened, closed), INTERVAL('2021-01-01', '2022-01-01'))", true)]
    [InlineData("T_FINISHES(INTERVAL(opened, closed), INTERVAL('2000-01-01', '2024-05-01'))", true)]
    [InlineData("T_FINISHEDBY(INTERVAL(opened, closed), INTERVAL('2022-01-01', '2024-05-01'))", true)]
    [InlineData("T_MEETS(INTERVAL(opened, closed), INTERVAL('2024-05-01', '2025-01-01'))", true)]
    [InlineData("T_METBY(INTERVAL(opened, closed), INTERVAL('2000-01-01', '2020-05-01'))", true)]
    [InlineData("T_OVERLAPS(INTERVAL(opened, closed), INTERVAL('2022-01-01', '2025-01-01'))", true)]
    [InlineData("T_OVERLAPPEDBY(INTERVAL(opened, closed), INTERVAL('2000-01-01', '2022-01-01'))", true)]
    public void Temporal_relations(string filter, bool passes) => Assert.Equal(passes, Full.Passes(filter));

    [Theory]
    [InlineData("A_CONTAINS(commodities, ('gold'))", true)]
    [InlineData("A_CONTAINS(commodities, ('gold', 'lithium'))", false)]
    [InlineData("A_CONTAINS(commodities, ())", true)]
    [InlineData("A_CONTAINEDBY(commodities, ('gold', 'lithium', 'copper'))", true)]
    [InlineData("A_EQUALS(commodities, ('gold', 'copper', 'gold'))", true)]
    [InlineData("A_EQUALS(('gold', name), commodities)", false)]
    [InlineData("A_OVERLAPS(('gold', 1, TRUE), commodities)", true)]
    [InlineData("A_OVERLAPS(commodities, ('lithium'))", false)]
    [InlineData("A_EQUALS((1, (2, 3)), ((3, 2), 1))", true)]
    [InlineData("A_CONTAINS(((1 + 2) * 3, 4), (9))", true)]
    public void Arrays_compare_as_sets(string filter, bool passes) => Assert.Equal(passes, Full.Passes(filter));
}
