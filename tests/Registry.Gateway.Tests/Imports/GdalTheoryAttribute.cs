namespace Registry.Gateway.Tests.Imports;

/// <summary>A test that makes its files with GDAL, skipped where GDAL is not installed.</summary>
public sealed class GdalTheoryAttribute : TheoryAttribute
{
    public GdalTheoryAttribute()
    {
        if (!Gdal.IsInstalled)
            Skip = "ogr2ogr is not installed (Debian: gdal-bin).";
    }
}
