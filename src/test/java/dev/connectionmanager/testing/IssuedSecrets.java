package dev.connectionmanager.testing;

import io.restassured.filter.Filter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Every secret and credential that the portal gave to a test, so that {@link SecretScanTest} can look for them where they
 * must not be. {@code Api}, {@code Browser} and {@code Persons} add what they are given; whoever gets one by another way,
 * or pastes one, adds it here.
 */
public final class IssuedSecrets {
    private static final Set<String> ALL = ConcurrentHashMap.newKeySet();
    /** Members of JSON answers. */
    private static final Pattern MEMBER = Pattern.compile(
            "\"(?:client_secret|token|registration_access_token|access_token|id_token|refresh_token)\"\\s*:\\s*\"([^\"]{16,})\"");
    /** In pages: what is shown to be copied, and what looks like a credential of ours. */
    private static final Pattern SHOWN = Pattern.compile(
            "id=\"(?:client-secret|token)\"[^>]*>\\s*([^<\\s]{16,})|\\b(cm_(?:api|iat|rat)_[A-Za-z0-9]{20,})\\b");

    /** For RestAssured: adds what an answer issues. */
    static final Filter COLLECTOR = (request, response, context) -> {
        var answer = context.next(request, response);
        fromJson(answer.asString());
        return answer;
    };

    private IssuedSecrets() {}

    /** One that no longer works, and that a test goes on to write where it can be read. */
    public static void publish(String secret) {
        ALL.remove(secret);
    }

    public static Filter collector() {
        return COLLECTOR;
    }

    public static void add(String secret) {
        ALL.add(secret);
    }

    /** One that a test pastes where none belongs: it is kept and logged nowhere either. */
    public static String pasted(String secret) {
        add(secret);
        return secret;
    }

    public static void fromJson(String body) {
        MEMBER.matcher(body).results().forEach(found -> add(found.group(1)));
    }

    public static void fromPage(String html) {
        SHOWN.matcher(html).results().forEach(found -> add(found.group(1) == null ? found.group(2) : found.group(1)));
    }

    public static Set<String> all() {
        return Set.copyOf(ALL);
    }
}
