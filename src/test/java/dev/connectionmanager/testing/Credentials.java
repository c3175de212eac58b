package dev.connectionmanager.testing;

import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** API credentials of the first team, issued for real by its owner. */
public final class Credentials {
    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();
    private static final String ALL = "/api/v1/teams/" + Api.FIRST_TEAM + "/api-credentials";

    private Credentials() {}

    /**
     * A credential of a kind, the same one as long as the portal runs.
     *
     * @param kind {@code credential-read}, {@code credential-write}, {@code credential-revoked},
     *     {@code credential-expired}, or {@code credential-audit-read}, which is an operator's
     * @return what goes after {@code Authorization: Bearer}
     */
    public static String token(String kind) {
        return TOKENS.computeIfAbsent(Persons.address() + kind, key -> switch (kind) {
            case "credential-read" -> issue(kind, "read", null).path("token");
            case "credential-write" -> issue(kind, "write", null).path("token");
            case "credential-revoked" -> revoked();
            case "credential-expired" -> expired();
            case "credential-audit-read" -> issueOfOperator(kind).path("token");
            default -> throw new IllegalArgumentException(kind);
        });
    }

    /** @param expiresAt {@code null} = the portal's default */
    public static Response issue(String name, String scope, Instant expiresAt) {
        return ask(name, scope, expiresAt).then().statusCode(201).extract().response();
    }

    /** One that reads the audit trail. */
    public static Response issueOfOperator(String name) {
        return Api.as("operator")
                .post("/api/v1/me/api-credentials", Map.of("name", name, "scope", "audit-read"))
                .then()
                .statusCode(201)
                .extract()
                .response();
    }

    private static Response ask(String name, String scope, Instant expiresAt) {
        var body = new HashMap<String, Object>(Map.of("name", name, "scope", scope));
        if (expiresAt != null) {
            body.put("expires_at", expiresAt.toString());
        }
        return Api.as("owner").post(ALL, body);
    }

    private static String revoked() {
        var issued = issue("revoked", "write", null);
        Api.as("owner").delete(ALL + "/" + issued.path("id"), "").then().statusCode(204);
        return issued.path("token");
    }

    /** The shorter its life, the shorter the wait; but the portal must take it while it is still to come. */
    private static String expired() {
        for (var life = Duration.ofMillis(500); ; life = life.multipliedBy(2)) {
            var end = Instant.now().plus(life);
            var issued = ask("expired", "write", end);
            if (issued.statusCode() == 201) {
                while (Instant.now().isBefore(end)) {
                    Thread.onSpinWait();
                }
                return issued.path("token");
            }
        }
    }
}
