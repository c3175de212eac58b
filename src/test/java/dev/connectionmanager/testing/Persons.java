package dev.connectionmanager.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;

/** The people of local mode, logged in for real through the local OpenID Provider. */
public final class Persons {
    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();
    private static final String REDIRECT_URI = "http://127.0.0.1:45678/callback";

    private Persons() {}

    public static String address() {
        return ConfigProvider.getConfig().getValue("connection-manager.public-url", String.class);
    }

    /** An access token for the API, as the command-line client gets it. */
    public static String accessToken(String user) {
        return TOKENS.computeIfAbsent(address() + user, key -> tokens(user).get("access_token"));
    }

    /** A fresh one, at a portal that is not the test's own. */
    public static String accessToken(String portal, String user) {
        var verifier = new CodeVerifier();
        return redeem(portal, code(authorize(portal, user, verifier)), verifier).get("access_token");
    }

    /** All tokens of a fresh log-in of the command-line client. */
    public static Map<String, String> tokens(String user) {
        var verifier = new CodeVerifier();
        return redeem(code(authorize(user, verifier)), verifier);
    }

    public static HttpResponse<String> authorize(String user, CodeVerifier verifier) {
        return authorize(address(), user, verifier);
    }

    private static HttpResponse<String> authorize(String portal, String user, CodeVerifier verifier) {
        var asked = form(Map.of(
                "response_type", "code",
                "client_id", "connection-manager-cli",
                "redirect_uri", REDIRECT_URI,
                "scope", "openid",
                "state", "any",
                "code_challenge",
                        CodeChallenge.compute(CodeChallengeMethod.S256, verifier)
                                .getValue(),
                "code_challenge_method", "S256",
                "login_hint", user));
        return send(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(URI.create(portal + "/local/openid/authorize?" + asked))
                        .build());
    }

    public static String code(HttpResponse<String> answer) {
        var query = URI.create(answer.headers().firstValue("Location").orElseThrow())
                .getQuery();
        return java.util.Arrays.stream(query.split("&"))
                .filter(parameter -> parameter.startsWith("code="))
                .findFirst()
                .orElseThrow()
                .substring(5);
    }

    /** @return the members of the token answer, whatever it says */
    public static Map<String, String> redeem(String code, CodeVerifier verifier) {
        return redeem(address(), code, verifier);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> redeem(String portal, String code, CodeVerifier verifier) {
        var request = HttpRequest.newBuilder(URI.create(portal + "/local/openid/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "client_id",
                        "connection-manager-cli",
                        "redirect_uri",
                        REDIRECT_URI,
                        "code_verifier",
                        verifier.getValue()))))
                .build();
        try {
            var members = new ObjectMapper()
                    .readValue(send(HttpClient.newHttpClient(), request).body(), Map.class);
            return (Map<String, String>) members;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A browser without scripts, logged in to the pages. */
    public static HttpClient browser(String user) {
        var client = newBrowser();
        get(client, "/login?login_hint=" + user);
        return client;
    }

    public static HttpClient newBrowser() {
        return HttpClient.newBuilder()
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /** One that shows where it is sent. */
    public static HttpClient newBrowserWithoutRedirects() {
        return HttpClient.newBuilder()
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .build();
    }

    public static HttpResponse<String> get(HttpClient client, String path) {
        return send(client, HttpRequest.newBuilder(URI.create(address() + path)).build());
    }

    /** A form post as a browser sends it. Pairs of names and values; a name may come more than once. */
    public static HttpResponse<String> post(HttpClient client, String path, String... pairs) {
        var body = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            body.append(i == 0 ? "" : "&").append(encoded(pairs[i])).append('=').append(encoded(pairs[i + 1]));
        }
        return send(
                client,
                HttpRequest.newBuilder(URI.create(address() + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", address())
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build());
    }

    /** A session of its own that follows no redirect. */
    public static HttpClient withoutRedirects(String user) {
        return HttpClient.newBuilder()
                .cookieHandler(browser(user).cookieHandler().orElseThrow())
                .build();
    }

    /** Whether a form was refused: the browser was sent to its page, and this is what it reads there. */
    public static boolean refused(HttpResponse<String> answer) {
        return answer.statusCode() == 200
                && answer.request().method().equals("GET")
                && Objects.requireNonNullElse(answer.uri().getQuery(), "").matches("(.*&)?refused=[0-9a-f-]{36}");
    }

    public static HttpResponse<String> send(HttpClient client, HttpRequest request) {
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            // Tokens come from the log-in only.
            if (request.uri().getPath().endsWith("/token")) {
                IssuedSecrets.fromJson(answer.body());
            }
            ErrorLinks.checked(answer.body());
            return Described.checked(answer);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
