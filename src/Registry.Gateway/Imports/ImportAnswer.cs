using System.Text.Json;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core.Law;
using Registry.Gateway.Answers;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Imports;

/// <summary>An import as JSON.</summary>
internal static class ImportAnswer
{
    /// <summary>The whole import, with what was refused.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="import">The import.</param>
    /// <param name="regime">Names cells.</param>
    /// <param name="root">What stands before the path of a problem's type: <see cref="Links.Location"/> of nothing.</param>
    public static void Write(Utf8JsonWriter json, ShownImport import, Regime regime, string root)
    {
        json.WriteStartObject();
        WriteMembers(json, import.Id, import.Asked, import.Report.Progress, regime, root);
        json.WriteStartArray("refusals"u8);
        foreach (var refusal in import.Report.Refusals)
        {
            var problem = refusal.Refusal.ToProblem();
            json.WriteStartObject();
            json.WriteNumber("feature"u8, refusal.Index);
            if (refusal.FeatureId is { } id)
                json.WriteString("id"u8, id);
            json.WriteString("pointer"u8, problem.Errors.Count > 0 ? problem.Errors[0].Pointer : "");
            json.WritePropertyName("problem"u8);
            problem.WriteTo(json, regime, root);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("unread"u8);
        foreach (var name in import.Asked.Unread)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>How far an import is, without what was refused.</summary>
    public static void Write(Utf8JsonWriter json, string id, AcceptedImport asked, ImportProgress progress, Regime regime, string root)
    {
        json.WriteStartObject();
        WriteMembers(json, id, asked, progress, regime, root);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, string id, AcceptedImport asked, ImportProgress progress, Regime regime, string root)
    {
        json.WriteString("id"u8, id);
        json.WriteString("collection"u8, StreamId.NameOf(asked.Collection));
        json.WriteString("mode"u8, Words.Of(asked.Mode));
        json.WriteString("format"u8, asked.Format);
        json.WriteString("state"u8, Words.Of(progress.State));
        if (asked.Unreadable is null)
            json.WriteNumber("total"u8, progress.Total);
        json.WriteNumber("done"u8, progress.Done);
        json.WriteNumber("registered"u8, progress.Registered);
        json.WriteNumber("repeated"u8, progress.Repeated);
        json.WriteNumber("refused"u8, progress.Refused);
        json.WriteString("begunAt"u8, asked.BegunAt.UtcDateTime);
        if (progress.EndedAt is { } ended)
            json.WriteString("endedAt"u8, ended.UtcDateTime);
        if (ProblemOf(progress) is not { } problem)
            return;
        json.WritePropertyName("problem"u8);
        problem.WriteTo(json, regime, root);
    }

    private static Problem? ProblemOf(ImportProgress progress) => progress.State == ImportState.Failed && progress.Why is null
        ? new Problem(ProblemType.Internal, "The registry failed to import the file.")
        : progress.Why?.ToProblem();
}
