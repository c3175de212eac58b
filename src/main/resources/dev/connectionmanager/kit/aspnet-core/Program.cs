// Logs people in at {environment.raw}{#if provider.mock}, rehearsed at the mock{/if}. Needs the package Microsoft.AspNetCore.Authentication.OpenIdConnect.
// It reads {#if keyJwt}CLIENT_KEY_FILE (the private key, PKCS #8 in PEM) and CLIENT_KEY_ID (its kid){#else}CLIENT_SECRET{/if} from its environment.
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

var builder = WebApplication.CreateBuilder(args);
{#if logout}
// In memory: replace both with a store that your servers share.
var ended = new System.Collections.Concurrent.ConcurrentDictionary<string, DateTime>();
var taken = new System.Collections.Concurrent.ConcurrentDictionary<string, DateTime>();
{/if}
builder.Services.AddAuthorization();
builder.Services
    .AddAuthentication(options =>
    {
        options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
    })
{#if logout}
    .AddCookie(options => options.Events.OnValidatePrincipal = context =>
    {
        if (ended.ContainsKey(context.Principal?.FindFirstValue("sid") ?? "")) context.RejectPrincipal();
        return Task.CompletedTask;
    })
{#else}
    .AddCookie()
{/if}
    .AddOpenIdConnect(options =>
    {
        options.Authority = {issuer.text};
        options.MetadataAddress = {discovery.text};
{#if plainHttp}
        options.RequireHttpsMetadata = false;
{/if}
        options.ClientId = {client.text};
{#if post}
        options.ClientSecret = Environment.GetEnvironmentVariable("CLIENT_SECRET");
{/if}
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.CallbackPath = {redirectPath.text};
        options.MapInboundClaims = false;
        options.TokenValidationParameters.ValidIssuer = {issuer.text};
        options.TokenValidationParameters.ValidAlgorithms = new[] { SecurityAlgorithms.RsaSha256 };
        options.GetClaimsFromUserInfoEndpoint = {#if signedUserInfo}false{#else}true{/if};
        options.Scope.Clear();
        foreach (var scope in {scope.text}.Split(' ')) options.Scope.Add(scope);
        options.Events.OnRedirectToIdentityProvider = context =>
        {
            context.ProtocolMessage.AcrValues = {acr.text};
            return Task.CompletedTask;
        };
{#if basic}
        options.Backchannel = new HttpClient(new BasicAuthentication());
{#else if secretJwt || keyJwt}
        options.Events.OnAuthorizationCodeReceived = context =>
        {
            context.TokenEndpointRequest!.ClientAssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
            context.TokenEndpointRequest.ClientAssertion = ClientAssertion.Make({client.text}, {issuer.text});
            return Task.CompletedTask;
        };
{/if}
{#if signedUserInfo}
        // ASP.NET Core reads signed UserInfo without checking the signature: this checks it.
        options.Events.OnTokenValidated = async context =>
        {
            var provider = await context.Options.ConfigurationManager!.GetConfigurationAsync(default);
            using var request = new HttpRequestMessage(HttpMethod.Get, provider.UserInfoEndpoint);
            request.Headers.Authorization = new("Bearer", context.TokenEndpointResponse!.AccessToken);
            using var answer = await context.Options.Backchannel.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            var user = await new JsonWebTokenHandler().ValidateTokenAsync(await answer.Content.ReadAsStringAsync(), new()
            {
                ValidIssuer = provider.Issuer,
                IssuerSigningKeys = provider.SigningKeys,
                ValidAlgorithms = new[] { "{userInfoAlg}" },
                ValidateAudience = false,
                ValidateLifetime = false,
                RequireExpirationTime = false,
            });
            if (!user.IsValid || (string)user.Claims["sub"] != context.Principal!.FindFirstValue("sub"))
            {
                context.Fail("UserInfo is not signed by the provider, or of somebody else");
            }
        };
{/if}
    });

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
{#if logout}

// OpenID Connect Back-Channel Logout 1.0 section 2.6.
app.MapPost({logoutPath.text}, async (HttpContext http) =>
{
    http.Response.Headers.CacheControl = "no-store";
    var options = http.RequestServices.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<OpenIdConnectOptions>>()
        .Get(OpenIdConnectDefaults.AuthenticationScheme);
    var provider = await options.ConfigurationManager!.GetConfigurationAsync(default);
    var token = (await http.Request.ReadFormAsync())["logout_token"].ToString();
    var read = await new JsonWebTokenHandler().ValidateTokenAsync(token, new()
    {
        ValidIssuer = provider.Issuer,
        ValidAudience = {client.text},
        IssuerSigningKeys = provider.SigningKeys,
        ValidAlgorithms = new[] { SecurityAlgorithms.RsaSha256 },
    });
    if (!read.IsValid) return Results.BadRequest();
    var claims = (JsonWebToken)read.SecurityToken;
    var events = claims.TryGetPayloadValue<JsonElement>("events", out var found) ? found : default;
    foreach (var (jti, end) in taken) if (end < DateTime.UtcNow) taken.TryRemove(jti, out _);
    var good = events.ValueKind == JsonValueKind.Object
        && events.TryGetProperty("http://schemas.openid.net/event/backchannel-logout", out var logout)
        && logout.ValueKind == JsonValueKind.Object
        && !claims.TryGetPayloadValue<string>("nonce", out _)
        && claims.TryGetPayloadValue<string>("sid", out var sid)
        && claims.Id.Length > 0
        && taken.TryAdd(claims.Id, claims.ValidTo);
    if (!good) return Results.BadRequest();
    ended[claims.GetPayloadValue<string>("sid")] = DateTime.UtcNow;
    return Results.Ok();
});
{/if}
app.MapGet("/", (ClaimsPrincipal user) => user.FindFirstValue("sub")).RequireAuthorization();
app.Run("http://127.0.0.1:{port}");
{#if basic}

/// <summary>ASP.NET Core sends the secret in the body; this sends it as the client registered it.</summary>
class BasicAuthentication : DelegatingHandler
{
    public BasicAuthentication() : base(new HttpClientHandler()) { }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        if (request.Method == HttpMethod.Post)
        {
            var pair = Uri.EscapeDataString({client.text}) + ":" + Uri.EscapeDataString(Environment.GetEnvironmentVariable("CLIENT_SECRET")!);
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
        return base.SendAsync(request, cancellation);
    }
}
{#else if secretJwt || keyJwt}

/// <summary>Says who this client is: ASP.NET Core has no code for it.</summary>
static class ClientAssertion
{
    public static string Make(string client, string audience)
    {
{#if keyJwt}
        var rsa = RSA.Create();
        rsa.ImportFromPem(File.ReadAllText(Environment.GetEnvironmentVariable("CLIENT_KEY_FILE")!));
        SecurityKey key = new RsaSecurityKey(rsa) { KeyId = Environment.GetEnvironmentVariable("CLIENT_KEY_ID") };
{#else}
        SecurityKey key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable("CLIENT_SECRET")!));
{/if}
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = client,
            Audience = audience,
            Claims = new Dictionary<string, object> { ["sub"] = client, ["jti"] = Guid.NewGuid().ToString() },
            IssuedAt = DateTime.UtcNow,
            Expires = DateTime.UtcNow.AddMinutes(1),
            SigningCredentials = new(key, "{alg}"),
        });
    }
}
{/if}
