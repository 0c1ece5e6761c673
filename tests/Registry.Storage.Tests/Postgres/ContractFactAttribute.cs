using Xunit.Abstractions;
using Xunit.Sdk;

namespace Registry.Storage.Tests.Postgres;

/// <summary>
/// A fact that is inherited by several test classes, and skipped in those that <see cref="RequiresPostgresAttribute"/> marks where
/// there is no PostgreSQL.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Registry.Storage.Tests.Postgres.ContractFactDiscoverer", "Registry.Storage.Tests")]
public sealed class ContractFactAttribute : FactAttribute;

/// <summary>Marks a class whose inherited facts need PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresPostgresAttribute : Attribute;

/// <summary>A fact that needs PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.WhyNot;
}

/// <summary>A theory that needs PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = PostgresServer.WhyNot;
}

/// <summary>Finds the facts of <see cref="ContractFactAttribute"/>.</summary>
public sealed class ContractFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        [new ContractTestCase(messages, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)];
}

/// <summary>An inherited fact in one of the classes that inherit it.</summary>
public sealed class ContractTestCase : XunitTestCase
{
    [Obsolete("For xunit, which reads test cases back.", error: true)]
    public ContractTestCase()
    {
    }

    public ContractTestCase(IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(messages, display, options, method)
    {
    }

    protected override string? GetSkipReason(IAttributeInfo factAttribute) =>
        TestMethod.TestClass.Class.GetCustomAttributes(typeof(RequiresPostgresAttribute)).Any()
            ? PostgresServer.WhyNot
            : base.GetSkipReason(factAttribute);
}
