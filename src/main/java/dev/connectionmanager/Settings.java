package dev.connectionmanager;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What must be set before a start outside local mode: environment variables, or system properties of the same names. */
final class Settings {
    private static final List<String> REQUIRED = List.of(
            "quarkus.datasource.jdbc.url",
            "quarkus.datasource.username",
            "quarkus.datasource.password",
            "quarkus.oidc.auth-server-url",
            "quarkus.oidc.client-id",
            "quarkus.oidc.credentials.secret",
            "quarkus.oidc.token-state-manager.encryption-secret",
            "connection-manager.encryption-keyset",
            "connection-manager.public-url");

    private Settings() {}

    static Optional<String> get(String property) {
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(environmentVariable(property))))
                .filter(value -> !value.isBlank());
    }

    static int httpPort() {
        return get("quarkus.http.port").map(Integer::parseInt).orElse(8080);
    }

    /** @throws StartRefused with one message that names everything missing */
    static void requireAll() {
        var missing = REQUIRED.stream()
                .filter(property -> get(property).isEmpty())
                .map(Settings::environmentVariable)
                .toList();
        if (!missing.isEmpty()) {
            throw new StartRefused(
                    "Connection Manager did not start. These settings are missing:\n  "
                            + String.join("\n  ", missing)
                            + "\nSet them as environment variables, or start in local mode with -Dconnection-manager.local=true.");
        }
    }

    private static String environmentVariable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
