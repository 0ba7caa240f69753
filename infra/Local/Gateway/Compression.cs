using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DomainFlow.Local.Gateway;

/// <summary>Compresses the REST API's answers, from a size on, as the caller accepts (br, gzip); a deployed gateway does so with gzip.</summary>
internal static class Compression
{
    public static RequestDelegate Of(RequestDelegate api)
    {
        var options = new ResponseCompressionOptions
        {
            EnableForHttps = true,
            MimeTypes = ["application/json", "application/problem+json", "application/geo+json"],
        };
        options.Providers.Add(new BrotliCompressionProvider(new BrotliCompressionProviderOptions { Level = CompressionLevel.Fastest }));
        options.Providers.Add(new GzipCompressionProvider(new GzipCompressionProviderOptions { Level = CompressionLevel.Fastest }));
        return new ResponseCompressionMiddleware(api, new LargeAnswers(options)).Invoke;
    }

    private sealed class LargeAnswers(ResponseCompressionOptions options)
        : ResponseCompressionProvider(new ServiceCollection().AddLogging().BuildServiceProvider(), Options.Create(options))
    {
        public override bool ShouldCompressResponse(HttpContext context) =>
            context.Response.ContentLength >= Topology.SystemMap.MinCompressedBytes && base.ShouldCompressResponse(context);
    }
}
