package dev.connectionmanager.kit;

import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.metadata.TokenEndpointAuthMethod;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is filled into the texts: a client and the OpenID Provider that it is to meet.
 *
 * @param redirectUri the one that the texts use
 * @param backchannelLogoutUri where logout tokens go; {@code null} = none
 */
public record KitValues(
        String clientId, ClientMetadata metadata, Provider provider, String redirectUri, String backchannelLogoutUri) {
    private static final List<String> SCOPES = List.of("openid", "profile", "nationalrbacaccess");
    private static final String ACR = "AAL3_ANY";
    private static final int USUAL_PORT = 8080;
    private static final Pattern AUTH_CALLBACK = Pattern.compile("(/[A-Za-z0-9._~/-]*)/callback/([A-Za-z0-9_-]+)");

    /**
     * @param environment of which the client is; its name, for people
     * @param issuer exactly as tokens name it
     * @param discovery where its metadata is
     * @param mock whether it is the mock authorisation service
     */
    public record Provider(String environment, String issuer, String discovery, boolean mock) {}

    public Quoted client() {
        return new Quoted(clientId);
    }

    public Quoted issuer() {
        return new Quoted(provider.issuer());
    }

    public Quoted discovery() {
        return new Quoted(provider.discovery());
    }

    public Quoted redirect() {
        return new Quoted(redirectUri);
    }

    /** Its scheme, host and port: where browsers find the application. */
    public Quoted origin() {
        var uri = URI.create(redirectUri);
        return new Quoted(uri.getScheme() + "://" + uri.getRawAuthority());
    }

    public Quoted redirectPath() {
        return new Quoted(path(redirectUri));
    }

    /** Asked for by {@link #logout}. */
    public Quoted logoutPath() {
        return new Quoted(path(backchannelLogoutUri));
    }

    public Quoted logoutUri() {
        return new Quoted(backchannelLogoutUri);
    }

    public Quoted scope() {
        return new Quoted(String.join(" ", SCOPES));
    }

    public List<String> scopes() {
        return SCOPES;
    }

    /** The scopes but {@code openid}, for frameworks that add it themselves. */
    public Quoted otherScopes() {
        return new Quoted(String.join(",", SCOPES.subList(1, SCOPES.size())));
    }

    public Quoted acr() {
        return new Quoted(ACR);
    }

    public Quoted acrParameter() {
        return new Quoted("acr_values=" + ACR);
    }

    /** Whether Auth.js, which has no other place for it, can have this callback. */
    public boolean authCallback() {
        return AUTH_CALLBACK.matcher(path(redirectUri)).matches();
    }

    /** Where Auth.js answers: what its callback begins with. */
    public Quoted authBase() {
        var path = AUTH_CALLBACK.matcher(path(redirectUri));
        return new Quoted(path.matches() ? path.group(1) : "/auth");
    }

    public Quoted authMount() {
        return new Quoted(authBase().raw() + "/*");
    }

    public Quoted authSignIn() {
        return new Quoted(authBase().raw() + "/signin");
    }

    public Quoted authUrl() {
        return new Quoted(origin().raw() + authBase().raw());
    }

    /** What Auth.js calls the provider: the end of its callback. */
    public Quoted providerId() {
        var path = AUTH_CALLBACK.matcher(path(redirectUri));
        return new Quoted(path.matches() ? path.group(2) : "cis2");
    }

    /** Where mod_auth_openidc takes logout tokens. */
    public Quoted backchannelAtRedirect() {
        return new Quoted(redirectUri + "?logout=backchannel");
    }

    /** Where the application listens: on a developer's own computer as the address says, else behind a proxy. */
    public int port() {
        var port = URI.create(redirectUri).getPort();
        return port < 0 ? USUAL_PORT : port;
    }

    public Quoted environment() {
        return new Quoted(provider.environment());
    }

    public String method() {
        return metadata.tokenEndpointAuthMethod().code();
    }

    public boolean basic() {
        return is(TokenEndpointAuthMethod.CLIENT_SECRET_BASIC);
    }

    public boolean post() {
        return is(TokenEndpointAuthMethod.CLIENT_SECRET_POST);
    }

    public boolean secretJwt() {
        return is(TokenEndpointAuthMethod.CLIENT_SECRET_JWT);
    }

    public boolean keyJwt() {
        return is(TokenEndpointAuthMethod.PRIVATE_KEY_JWT);
    }

    private boolean is(TokenEndpointAuthMethod method) {
        return metadata.tokenEndpointAuthMethod() == method;
    }

    /** Of the client's assertions. */
    public String alg() {
        var registered = metadata.tokenEndpointAuthSigningAlg();
        return registered != null ? registered : secretJwt() ? "HS256" : "RS256";
    }

    /** The bits of its hash. */
    public String hash() {
        return alg().substring(2);
    }

    public boolean signedUserInfo() {
        return metadata.userinfoSignedResponseAlg() != null;
    }

    /** Of UserInfo, where it is signed. */
    public String userInfoAlg() {
        return metadata.userinfoSignedResponseAlg();
    }

    public boolean logout() {
        return backchannelLogoutUri != null;
    }

    /** A provider without TLS: only the mock on a developer's own computer. */
    public boolean plainHttp() {
        return provider.issuer().startsWith("http:");
    }

    public boolean https() {
        return redirectUri.startsWith("https:");
    }

    private static String path(String uri) {
        var path = URI.create(uri).getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }
}
