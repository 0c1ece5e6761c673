using Registry.Gateway;
using Registry.Gateway.Hosting;

try
{
    await using var app = Gateway.Build(args);
    await app.RunAsync();
    return 0;
}
catch (SettingException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 2;
}
