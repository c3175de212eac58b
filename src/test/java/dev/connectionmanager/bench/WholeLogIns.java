package dev.connectionmanager.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * Whole log-ins at an OpenID Provider that asks nobody anything: authorization request with PKCE, token request, UserInfo, each time
 * in another browser.
 */
final class WholeLogIns {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
    private static final String REDIRECT = "http://127.0.0.1:3999/callback";
    private static final String VERIFIER = "a-verifier-of-forty-three-characters-or-more-0";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonNode metadata;
    private final String basic;
    private final String clientId;
    private final String user;

    /** @param user whom {@code login_hint} names */
    private WholeLogIns(JsonNode metadata, String clientId, String secret, String user) {
        this.metadata = metadata;
        this.clientId = clientId;
        this.user = user;
        this.basic = "Basic "
                + Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /** At a provider that takes any client. */
    static WholeLogIns at(String issuer) throws IOException, InterruptedException {
        return new WholeLogIns(discovery(issuer), "anybody", "secret", "anybody");
    }

    /** At the mock of a portal, with a test client that is registered for it. */
    static WholeLogIns atMock(URI portal) throws IOException, InterruptedException {
        var registered = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(portal.resolve("/mock/register"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"redirect_uris\":[\"" + REDIRECT + "\"]}"))
                                .build(),
                        BodyHandlers.ofString());
        var client = JSON.readTree(registered.body());
        return new WholeLogIns(
                discovery(portal.resolve("/mock").toString()),
                client.path("client_id").asText(),
                client.path("client_secret").asText(),
                "gp");
    }

    private static JsonNode discovery(String issuer) throws IOException, InterruptedException {
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration"))
                                .build(),
                        BodyHandlers.ofString());
        return JSON.readTree(answer.body());
    }

    /** @param failures why some failed, the first of each kind */
    record Result(int logIns, double perSecond, List<String> failures) {}

    /** So many log-ins, by so many at once. */
    Result run(int times, int atOnce) throws Exception {
        var pool = Executors.newFixedThreadPool(atOnce);
        try {
            var acts = new ArrayList<Callable<String>>();
            for (int i = 0; i < times; i++) {
                acts.add(this::logIn);
            }
            var began = System.nanoTime();
            var failures = new ArrayList<String>();
            for (var one : pool.invokeAll(acts)) {
                if (one.get() != null) {
                    failures.add(one.get());
                }
            }
            var seconds = (System.nanoTime() - began) / 1e9;
            return new Result(
                    times, times / seconds, failures.stream().distinct().toList());
        } finally {
            pool.shutdownNow();
        }
    }

    /** Log-ins by so many at once, until it is told to end. */
    void flood(int atOnce, AtomicBoolean on, Callable<?> meanwhile) throws Exception {
        var pool = Executors.newFixedThreadPool(atOnce);
        try {
            for (int i = 0; i < atOnce; i++) {
                pool.submit(() -> {
                    while (on.get()) {
                        logIn();
                    }
                    return null;
                });
            }
            meanwhile.call();
        } finally {
            on.set(false);
            pool.shutdown();
            pool.awaitTermination(60, TimeUnit.SECONDS);
        }
    }

    /** @return what went wrong; {@code null} = nothing */
    private String logIn() throws IOException, InterruptedException {
        var asked = get(metadata.path("authorization_endpoint").asText() + "?response_type=code&scope="
                + encoded("openid profile") + "&client_id=" + clientId + "&redirect_uri=" + encoded(REDIRECT)
                + "&state=s&nonce=n&login_hint=" + user + "&code_challenge_method=S256&code_challenge="
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Hashing.sha256()
                                .hashString(VERIFIER, StandardCharsets.US_ASCII)
                                .asBytes()));
        var code = CODE.matcher(asked.headers().firstValue("Location").orElse(""));
        if (!code.find()) {
            return "authorization " + asked.statusCode();
        }
        var tokens = client.send(
                HttpRequest.newBuilder(
                                URI.create(metadata.path("token_endpoint").asText()))
                        .header("Authorization", basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=authorization_code&code=" + code.group(1)
                                + "&redirect_uri=" + encoded(REDIRECT) + "&code_verifier=" + VERIFIER))
                        .build(),
                BodyHandlers.ofString());
        if (tokens.statusCode() != 200) {
            return "token " + tokens.statusCode();
        }
        var token = JSON.readTree(tokens.body()).path("access_token").asText();
        var userInfo = client.send(
                HttpRequest.newBuilder(
                                URI.create(metadata.path("userinfo_endpoint").asText()))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofString());
        return userInfo.statusCode() == 200 ? null : "UserInfo " + userInfo.statusCode();
    }

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
