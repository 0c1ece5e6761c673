namespace Registry.Gateway.Answers;

/// <summary>
/// The address under which the registry is known where <c>Registry__PublicUrl</c> sets it. It is a feature of every request then; without it
/// links begin with the address that the request names.
/// </summary>
/// <param name="Url">Absolute, without a slash at its end.</param>
internal sealed record PublicAddress(string Url);
