using System.Diagnostics.Metrics;

namespace Registry.Grains.Figures;

/// <summary>
/// How many questions this process asked of sheets and license blocks, and which of them were answered without a message: those are no
/// grain calls, so that neither Orleans's metrics nor its dashboard have them.
/// </summary>
internal static class QuestionMeter
{
    private const string Sheet = "sheet";
    private const string LicenseBlock = "license-block";
    private const string Near = "near";
    private const string Message = "message";

    private static readonly Meter s_meter = new("Registry");
    private static readonly SpreadCount s_sheetsNear = new();
    private static readonly SpreadCount s_sheetsByMessage = new();
    private static readonly SpreadCount s_licenseBlocksNear = new();

    static QuestionMeter() => s_meter.CreateObservableCounter(
        "registry.questions", Observe, "{question}", "Questions to sheets and license blocks, by how they were carried.");

    /// <summary>Questions that sheets of this process were asked without a message.</summary>
    public static long SheetsNear => s_sheetsNear.Value;

    /// <summary>Questions that this process sent to sheets as messages.</summary>
    public static long SheetsByMessage => s_sheetsByMessage.Value;

    /// <summary>Questions that license blocks of this process were asked without a message.</summary>
    public static long LicenseBlocksNear => s_licenseBlocksNear.Value;

    /// <summary>Counts a question to a sheet.</summary>
    /// <param name="near">Whether it was asked without a message.</param>
    public static void AskedSheet(bool near) => (near ? s_sheetsNear : s_sheetsByMessage).Add();

    /// <summary>Counts a question to a license block that was asked without a message.</summary>
    public static void AskedLicenseBlockNear() => s_licenseBlocksNear.Add();

    private static Measurement<long>[] Observe() =>
    [
        Measured(SheetsNear, Sheet, Near), Measured(SheetsByMessage, Sheet, Message), Measured(LicenseBlocksNear, LicenseBlock, Near),
    ];

    private static Measurement<long> Measured(long count, string to, string by) => new(count, new("to", to), new("by", by));
}
