using System.Text.Json;
using Registry.Actors.Journal;
using Registry.Core.Law;
using Registry.Gateway.Writing;

namespace Registry.Gateway.Imports;

/// <summary>An import as JSON.</summary>
internal static class ImportAnswer
{
    /// <summary>The whole import, with what was refused.</summary>
    public static void Write(Utf8JsonWriter json, ImportJob job, Regime regime)
    {
        var (progress, refusals, unread) = job.Whole();
        json.WriteStartObject();
        WriteMembers(json, job, progress, regime);
        json.WriteStartArray("refusals"u8);
        foreach (var refusal in refusals)
        {
            json.WriteStartObject();
            json.WriteNumber("feature"u8, refusal.Index);
            if (refusal.FeatureId is { } id)
                json.WriteString("id"u8, id);
            json.WriteString("pointer"u8, refusal.Pointer);
            json.WritePropertyName("problem"u8);
            refusal.Problem.WriteTo(json, regime);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("unread"u8);
        foreach (var name in unread)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>How far an import is, without what was refused.</summary>
    public static void Write(Utf8JsonWriter json, ImportJob job, ImportProgress progress, Regime regime)
    {
        json.WriteStartObject();
        WriteMembers(json, job, progress, regime);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, ImportJob job, ImportProgress progress, Regime regime)
    {
        json.WriteString("id"u8, job.Id);
        json.WriteString("collection"u8, StreamId.NameOf(job.Order.Collection));
        json.WriteString("mode"u8, Words.Of(job.Order.Mode));
        json.WriteString("format"u8, job.Order.Format.Name);
        json.WriteString("state"u8, Words.Of(progress.State));
        if (progress.Total is { } total)
            json.WriteNumber("total"u8, total);
        json.WriteNumber("done"u8, progress.Done);
        json.WriteNumber("registered"u8, progress.Registered);
        json.WriteNumber("repeated"u8, progress.Repeated);
        json.WriteNumber("refused"u8, progress.Refused);
        json.WriteString("begunAt"u8, job.BegunAt.UtcDateTime);
        if (progress.EndedAt is { } ended)
            json.WriteString("endedAt"u8, ended.UtcDateTime);
        if (progress.Problem is not { } problem)
            return;
        json.WritePropertyName("problem"u8);
        problem.WriteTo(json, regime);
    }
}
