using System.Diagnostics;

namespace Registry.Cluster.Tests;

/// <summary>A silo that is set up wrongly says why, and ends before it opens a port or asks for its database.</summary>
public sealed class SiloSettingsTests
{
    [Theory]
    [InlineData("Registry__AdvertisedAddress", "192.0.2.1", "without TLS")]
    [InlineData("Registry__AdvertisedAddress", "0.0.0.0", "0.0.0.0")]
    [InlineData("Registry__AdvertisedAddress", "nowhere.invalid", "nowhere.invalid")]
    [InlineData("Registry__Tls__Certificate", "/etc/hostname", "belong together")]
    [InlineData("Registry__Tls", "/nowhere", "cannot be used")]
    [InlineData("Registry__Tls", "/etc/hostname", "cannot be used")]
    [InlineData("Registry__WithoutTls", "perhaps", "perhaps")]
    public async Task It_says_why_and_ends(string name, string value, string said)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Registry.Silo.dll"), "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ConnectionStrings__Registry"] = "Host=127.0.0.1;Port=1;Username=registry;Password=none;Database=registry";
        start.Environment["Registry__AdvertisedAddress"] = "127.0.0.1";
        // All three files at once.
        foreach (var setting in name == "Registry__Tls" ? [$"{name}__Certificate", $"{name}__Key", $"{name}__Authority"] : new[] { name })
            start.Environment[setting] = value;

        using var process = Process.Start(start)!;
        try
        {
            var error = await process.StandardError.ReadToEndAsync().WaitAsync(Deadline.OfAStep);
            await process.WaitForExitAsync();
            Assert.Equal(2, process.ExitCode);
            Assert.Contains(said, error, StringComparison.Ordinal);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
