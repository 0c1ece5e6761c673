using System.Text.Json;
using Registry.Actors.Journal;

namespace Registry.Actors.Erasing;

/// <summary>Which of the values beside an entry concern who is to be erased.</summary>
internal static class ErasablePlaces
{
    /// <summary>The place of the name of the key that acted, the first beside every entry.</summary>
    public const int Key = 0;

    /// <summary>The places of the values that are to be erased and are not yet.</summary>
    public static HashSet<int> Of(Entry entry, ErasureSubject subject)
    {
        var places = new HashSet<int>();
        var values = SealedValue.Read(entry.Beside);
        if ((subject.Party is { } acting && entry.By.Party == acting) || (subject.Key is { } key && entry.By.Name == key))
            places.Add(Key);
        if (subject.Object == entry.Stream)
            places.UnionWith(Enumerable.Range(Key + 1, values.Count - 1));
        if (subject.Party is { } party && values.Count > 1)
        {
            using var document = JsonDocument.Parse(entry.Canonical);
            var place = Key + 1;
            Find(document.RootElement.GetProperty("event"u8), party, isParty: false, ref place, places);
        }

        places.RemoveWhere(place => values[place].IsErased);
        return places;
    }

    // Whatever is sealed in an object that has the party's id is the party's: its name, as a holder and as itself.
    private static void Find(JsonElement element, string party, bool isParty, ref int place, HashSet<int> places)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.TryGetProperty("sealed"u8, out _):
                if (isParty)
                    places.Add(place);
                place++;
                break;
            case JsonValueKind.Object:
                var isIts = element.TryGetProperty("id"u8, out var id) && id.ValueKind == JsonValueKind.String && id.ValueEquals(party);
                foreach (var member in element.EnumerateObject())
                    Find(member.Value, party, isIts, ref place, places);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    Find(item, party, isParty: false, ref place, places);
                break;
        }
    }
}
