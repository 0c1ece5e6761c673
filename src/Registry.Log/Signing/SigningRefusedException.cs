namespace Registry.Log.Signing;

/// <summary>A log would have to sign what does not agree with what it signed before. Nothing was signed.</summary>
/// <param name="message">What does not agree, and with what.</param>
/// <param name="cause">What was found, where something was thrown.</param>
public sealed class SigningRefusedException(string message, Exception? cause = null) : Exception(message, cause);
