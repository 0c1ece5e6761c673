using System.Buffers;
using System.Text.Json;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Formats.Features;
using Registry.Gateway.Answers;
using Registry.Gateway.Requests;

namespace Registry.Gateway.Imports;

/// <summary>
/// A feature of a file as the body of a POST: what that call would refuse is refused here, by the same reading, and in the same words.
/// </summary>
/// <remarks>Properties that the body has no member for are left aside: a file is not written for the registry alone, as a body is.</remarks>
internal static class ImportedFeature
{
    private static readonly string[] s_membersOfLicenseBlocks = ["kind", "cells", "commodities", "holder", "ifTaken"];
    private static readonly string[] s_membersOfDeposits = ["name", "otherNames", "status", "commodities", "sources"];

    /// <summary>The members that properties of a file's features are read as.</summary>
    public static FeatureMembers MembersOf(ImportOrder order) =>
        new(order.Collection == Collection.LicenseBlocks ? s_membersOfLicenseBlocks : s_membersOfDeposits);

    /// <summary>Reads a feature as a form.</summary>
    /// <param name="feature">The feature, which is not at fault by itself.</param>
    /// <param name="order">What was asked.</param>
    /// <param name="members">Finds the members among the properties.</param>
    /// <param name="read">Reads the form of the collection.</param>
    /// <param name="form">The form; null when there is a problem.</param>
    /// <returns>What is wrong; null when nothing is. Pointers are relative to the feature.</returns>
    public static Refusal? Read<TForm>(
        SourceFeature feature, ImportOrder order, FeatureMembers members, Func<Members, TForm?> read, out TForm? form)
        where TForm : class
    {
        form = null;
        // Of a feature at fault too: what is not read of it is told.
        var properties = members.Of(feature.Properties);
        if (feature.Faults.Count > 0)
            return AtFault(feature);
        var faults = new Faults();
        try
        {
            using var document = JsonDocument.Parse(BodyOf(feature, order, properties), IncomingKind.JsonOptions);
            form = read(new Members(document.RootElement, "", faults));
        }
        catch (JsonException)
        {
            // A file's reader lets properties nest deeper than a body may.
            faults.Add("", $"The properties nest deeper than {IncomingKind.JsonOptions.MaxDepth} levels.");
        }

        if (faults.IsEmpty)
            return null;
        return InFeature(faults.ToRefusal());
    }

    /// <summary>A refusal of a body, its pointers relative to the feature.</summary>
    public static Refusal InFeature(Refusal refusal) =>
        refusal with { Faults = [.. refusal.Faults.Select(fault => fault with { Pointer = InFeature(fault.Pointer) })] };

    // What the file's reader found.
    private static Refusal AtFault(SourceFeature feature) => new(RefusalKind.Malformed, feature.Faults[0].Detail)
    {
        Faults = [.. feature.Faults.Select(fault => new FieldFault(fault.Pointer, fault.Detail))],
    };

    private static ReadOnlyMemory<byte> BodyOf(
        SourceFeature feature, ImportOrder order, IReadOnlyDictionary<string, JsonProperty> properties)
    {
        var hasCells = false;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonAnswer.Options))
        {
            json.WriteStartObject();
            foreach (var (member, property) in properties)
            {
                // Many programs write null, or an empty field, for what a feature has not.
                if (property.Value.ValueKind == JsonValueKind.Null || (order.Format.IsTable && IsBlank(property.Value)))
                    continue;
                hasCells |= member == "cells";
                json.WritePropertyName(member);
                FeatureMembers.WriteValue(json, member, property.Value);
            }

            // The cells are the ground where they are named; the geometry beside them is their outline.
            if (feature.Geometry is { } geometry && !hasCells)
            {
                json.WritePropertyName("geometry"u8);
                json.WriteRawValue(geometry, skipInputValidation: true);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static bool IsBlank(JsonElement value) => value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString());

    private static string InFeature(string pointer) =>
        pointer.Length == 0 || pointer.StartsWith("/geometry", StringComparison.Ordinal) ? pointer : $"/properties{pointer}";
}
