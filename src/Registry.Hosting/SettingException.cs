namespace Registry.Hosting;

/// <summary>A process of the registry cannot start as it is set up. The message is for the operator and is printed alone.</summary>
public sealed class SettingException(string message) : Exception(message);
