package dev.connectionmanager.face;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

/** Clients that break no rule, of all that the rules allow. */
final class MadeUpClients {
    private static final List<String> NAMES =
            List.of("Ward", "Réunion", "病院", "Sömn & Röst", "e-Rezept", "№ 7", "O’Brien’s", "ﬁle", "x".repeat(60));

    private MadeUpClients() {}

    static ObjectNode next(Random random) {
        var client = JsonNodeFactory.instance.objectNode();
        client.put("client_name", pick(random, NAMES) + " " + pick(random, NAMES) + " " + random.nextInt(1_000));
        var uris = new HashSet<String>();
        for (int n = random.nextInt(5); n >= 0; n--) {
            uris.add("https://app" + random.nextInt(9) + ".supplier.co.uk/"
                    + pick(
                            random,
                            List.of(
                                    "callback",
                                    "auth-callback",
                                    "CIS2/Callback",
                                    "a/b?c=d&e=%20f",
                                    "users/auth/cis2/callback")));
        }
        uris.forEach(client.putArray("redirect_uris")::add);
        var method = pick(
                random, List.of("private_key_jwt", "client_secret_jwt", "client_secret_post", "client_secret_basic"));
        client.put("token_endpoint_auth_method", method);
        if (method.equals("private_key_jwt")) {
            client.put("jwks_uri", "https://keys.laboratory.co.uk/jwks");
            maybe(random, client, "token_endpoint_auth_signing_alg", "RS256");
        } else if (method.equals("client_secret_jwt")) {
            maybe(random, client, "token_endpoint_auth_signing_alg", "HS256");
        }
        maybe(random, client, "userinfo_signed_response_alg", pick(random, List.of("RS256", "RS512")));
        if (random.nextInt(3) == 0) {
            client.put("backchannel_logout_uri", "https://keys.laboratory.co.uk/logout");
            client.put(Face.SESSION_REQUIRED, random.nextBoolean());
        }
        return client;
    }

    private static void maybe(Random random, ObjectNode client, String member, String value) {
        if (random.nextBoolean()) {
            client.put(member, value);
        }
    }

    private static <T> T pick(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
