using Microsoft.AspNetCore.Http.Metadata;

namespace EnergyPilot.Gateway.Web;

/// <summary>A form that carries a whole site file: some 40 kB, three times that in a form's writing.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class LongFormAttribute : Attribute, IRequestSizeLimitMetadata
{
    /// <summary>The longest text of a site that is taken from a browser [characters].</summary>
    public const int LongestText = 256 * 1024;

    public long? MaxRequestBodySize => 3 * LongestText;
}
