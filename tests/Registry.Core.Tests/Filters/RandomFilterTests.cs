using FsCheck;
using FsCheck.Fluent;
using NetTopologySuite.Geometries;
using Registry.Core.Filters;
using Registry.Core.Filters.Json;
using Registry.Core.Filters.Text;
using Registry.Core.GeoJson;

namespace Registry.Core.Tests.Filters;

/// <summary>What holds of every filter.</summary>
public sealed class RandomFilterTests
{
    private static readonly Gen<FilterExpression> Values = Gen.OneOf<FilterExpression>(
        Gen.Elements("name", "depth", "opened", "holder.id", "eo:cloud_cover").Select(FilterExpression (name) => new PropertyName(name)),
        Gen.Elements("", "a", "o'clock", "Straße", "\u0001\\\"", "%_").Select(FilterExpression (text) => new TextLiteral(text)),
        Gen.Elements(0, -1, 0.1, 1e300, -123456.789, 5e-324).Select(FilterExpression (number) => new NumberLiteral(number)),
        Gen.Elements(true, false).Select(FilterExpression (value) => new BooleanLiteral(value)),
        Gen.Choose(0, 3_000_000).Select(FilterExpression (day) => new DateLiteral(DateOnly.FromDayNumber(day))),
        Gen.Choose(0, int.MaxValue).Select(FilterExpression (ticks) => new TimestampLiteral(new DateTimeOffset(ticks * 1_000_000_007L, TimeSpan.Zero))),
        Gen.Choose(-90, 80).Select(FilterExpression (south) => new BoxLiteral(south / 3.0, south, 170.1, south + 10)),
        Gen.Choose(-90, 80).Select(FilterExpression (x) => new GeometryLiteral(Wgs84.Factory.CreateLineString([new Coordinate(x / 7.0, x), new Coordinate(0.1, x)]))),
        Gen.Choose(0, 3_000_000).Select(FilterExpression (day) => new IntervalLiteral(new DateLiteral(DateOnly.FromDayNumber(day)), null)));

    [Fact]
    public void A_filter_survives_the_way_to_JSON_and_back() =>
        Prop.ForAll(Filters(4).ToArbitrary(), filter => FilterJson.Read(FilterJson.Encode(filter)).Filter == filter)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Any_text_is_a_filter_or_a_fault_within_it()
    {
        string[] tokens =
        [
            "(", ")", ",", "'", "\"", "=", "<", "-", "+", "*", "^", " ", "NOT ", " AND ", " OR ", " IN ", " LIKE ", " BETWEEN ", " IS ", "NULL",
            "name", "depth", "geometry", "1", "0.5e3", "'a'", "DATE('2020-01-01')", "INTERVAL(", "'..'", "S_INTERSECTS(", "POINT(1 2)",
            "POLYGON((", "1 2,", "BBOX(1,2,3,4)", "A_EQUALS(", "CASEI(", "\u00E9", "\uD83D", "\\", "T_AFTER(", "f(",
        ];
        var texts = Gen.Choose(0, 30).SelectMany(length => Gen.Elements(tokens).ArrayOf(length)).Select(string.Concat);
        Prop.ForAll(texts.ToArbitrary(), text =>
            {
                var reading = FilterText.Read(text);
                if (reading.IsSound)
                    return Mine.Queryables.Check(reading.Filter) is not { } fault || fault.Place.Character > 0;
                return reading.Fault.Place.Character >= 1 && reading.Fault.Place.Character <= text.Length + 1;
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    [Fact]
    public void Any_bytes_are_a_filter_or_a_fault()
    {
        var filters = Filters(3).Select(FilterJson.Encode);
        var damaged = filters.SelectMany(bytes => Gen.Choose(0, bytes.Length - 1).Zip(Gen.Choose(32, 126)).Select(change =>
        {
            byte[] changed = [.. bytes];
            changed[change.Item1] = (byte)change.Item2;
            return changed;
        }));
        Prop.ForAll(damaged.ToArbitrary(), bytes =>
            {
                var reading = FilterJson.Read(bytes);
                return reading.IsSound ? Mine.Queryables.Check(reading.Filter) is not { Detail.Length: 0 } : reading.Fault.Detail.Length > 0;
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_500));
    }

    [Fact]
    public void The_extent_of_a_filter_holds_every_feature_that_passes()
    {
        var points = Gen.Choose(0, 40).Zip(Gen.Choose(0, 40)).Select(place => Wgs84.Factory.CreatePoint(new Coordinate(place.Item1, place.Item2)));
        Prop.ForAll(Spatial(3).Zip(points).ToArbitrary(), pair =>
            {
                var (filter, point) = pair;
                var passes = Mine.Queryables.Bind(filter)(new Mine("m") { Ground = point });
                return !passes || FilterExtent.Of(filter) is not { } extent || extent.Intersects(point.EnvelopeInternal);
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_500));
    }

    private static Gen<FilterExpression> Filters(int depth)
    {
        if (depth == 0)
            return Values;
        var part = Filters(depth - 1);
        var parts = Gen.Choose(2, 4).SelectMany(count => part.ArrayOf(count)).Select(FilterParts (list) => new(list));
        return Gen.OneOf<FilterExpression>(
            Values,
            parts.Select(FilterExpression (list) => new AllOf(list)),
            parts.Select(FilterExpression (list) => new AnyOf(list)),
            parts.Select(FilterExpression (list) => new In(list[0], list)),
            parts.Select(FilterExpression (list) => new FunctionCall("f", list)),
            parts.Select(FilterExpression (list) => new ArrayLiteral(list)),
            part.Select(FilterExpression (inner) => new Not(inner)),
            part.Select(FilterExpression (inner) => new IsNull(inner)),
            part.Select(FilterExpression (inner) => new CaseFolded(inner)),
            part.Three().Select(FilterExpression (three) => new Between(three.Item1, three.Item2, three.Item3)),
            part.Two().Select(FilterExpression (two) => new Like(two.Item1, two.Item2)),
            Pairs<ComparisonOperator>(part, (op, left, right) => new Comparison(op, left, right)),
            Pairs<ArithmeticOperator>(part, (op, left, right) => new Arithmetic(op, left, right)),
            Pairs<SpatialRelation>(part, (op, left, right) => new SpatialPredicate(op, left, right)),
            Pairs<TemporalRelation>(part, (op, left, right) => new TemporalPredicate(op, left, right)),
            Pairs<ArrayRelation>(part, (op, left, right) => new ArrayPredicate(op, left, right)));
    }

    private static Gen<FilterExpression> Pairs<TOperator>(
        Gen<FilterExpression> part, Func<TOperator, FilterExpression, FilterExpression, FilterExpression> make)
        where TOperator : struct, Enum =>
        Gen.Elements(Enum.GetValues<TOperator>()).Zip(part.Two()).Select(row => make(row.Item1, row.Item2.Item1, row.Item2.Item2));

    private static Gen<FilterExpression> Spatial(int depth)
    {
        var boxes = Gen.Choose(0, 30).Four().Select(FilterExpression (e) => new BoxLiteral(e.Item1, e.Item2, e.Item1 + (e.Item3 / 3.0), e.Item2 + (e.Item4 / 3.0)));
        var leaf = Gen.Elements(Enum.GetValues<SpatialRelation>()).Zip(boxes)
            .Select(FilterExpression (row) => new SpatialPredicate(row.Item1, new PropertyName("geometry"), row.Item2));
        if (depth == 0)
            return leaf;
        var part = Spatial(depth - 1);
        return Gen.OneOf<FilterExpression>(
            leaf,
            part.Two().Select(FilterExpression (two) => new AllOf([two.Item1, two.Item2])),
            part.Two().Select(FilterExpression (two) => new AnyOf([two.Item1, two.Item2])),
            part.Select(FilterExpression (inner) => new Not(inner)));
    }
}
