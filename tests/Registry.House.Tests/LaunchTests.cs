using System.Text.Json;

namespace Registry.House.Tests;

/// <summary>What <c>dotnet run</c> starts is what <c>./dev run</c> starts.</summary>
public sealed class LaunchTests
{
    [Fact]
    public void The_launch_settings_are_those_of_the_script()
    {
        using var settings = JsonDocument.Parse(Checkout.Text("src/Registry.Gateway/Properties/launchSettings.json"));
        var profile = Assert.Single(settings.RootElement.GetProperty("profiles").EnumerateObject()).Value;
        var script = Checkout.Text("dev");
        Assert.Contains($"local url={profile.GetProperty("applicationUrl").GetString()}", script, StringComparison.Ordinal);
        foreach (var variable in profile.GetProperty("environmentVariables").EnumerateObject())
        {
            var (given, orElse) = ($"export {variable.Name}={variable.Value}", $"export {variable.Name}=${{{variable.Name}:-{variable.Value}}}");
            Assert.True(script.Contains(given, StringComparison.Ordinal) || script.Contains(orElse, StringComparison.Ordinal), given);
        }

        Assert.Contains("Registry__DataDirectory:-$PWD/.data", script, StringComparison.Ordinal);
        Assert.Contains("<RunWorkingDirectory>$(MSBuildThisFileDirectory)../..<", Checkout.Text("src/Registry.Gateway/Registry.Gateway.csproj"), StringComparison.Ordinal);
    }
}
