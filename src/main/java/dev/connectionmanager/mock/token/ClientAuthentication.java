package dev.connectionmanager.mock.token;

import com.nimbusds.jwt.JWTParser;
import dev.connectionmanager.metadata.TokenEndpointAuthMethod;
import dev.connectionmanager.mock.client.MockClient;
import dev.connectionmanager.mock.client.MockClient.Kind;
import dev.connectionmanager.mock.client.MockClients;
import dev.connectionmanager.mock.client.Standing;
import dev.connectionmanager.mock.log.Exchange;
import dev.connectionmanager.mock.provider.Issuer;
import dev.connectionmanager.mock.provider.Parameters;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a client is who it says, exactly by the method that it registered. RFC 6749 section 2.3, OpenID Connect Core 1.0 section 9. */
@Singleton
class ClientAuthentication {
    private static final String METHOD = "token_endpoint_auth_method";
    private static final String ASSERTION = "client_assertion";
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final MockClients clients;
    private final AssertionCheck assertions;

    ClientAuthentication(MockClients clients, AssertionCheck assertions) {
        this.clients = clients;
        this.assertions = assertions;
    }

    /**
     * What a request brings to say who sends it.
     *
     * @param methods every one that it uses: RFC 6749 allows one
     * @param secret {@code null} = none
     */
    private record Attempt(List<String> methods, String clientId, String secret) {}

    /** @return the client, if it has proven who it is and may log people in */
    Optional<MockClient> authenticate(Issuer issuer, String authorization, Parameters form, Exchange exchange) {
        var attempt = attempt(authorization, form, exchange);
        var client = attempt.clientId() == null
                ? Optional.<MockClient>empty()
                : clients.find(issuer.id(), attempt.clientId());
        if (client.isEmpty()) {
            return Optional.empty();
        }
        // Of production nothing is kept here.
        if (client.get().state() != MockClient.State.PRODUCTION) {
            exchange.of(client.get().clientId());
        }
        if (!Standing.passes(client.get(), exchange)) {
            return Optional.empty();
        }
        return method(client.get(), attempt, exchange) && proves(issuer, client.get(), attempt, form, exchange)
                ? client
                : Optional.empty();
    }

    private static Attempt attempt(String authorization, Parameters form, Exchange exchange) {
        var methods = new ArrayList<String>();
        var clientId = form.one("client_id").orElse(null);
        var secret = form.one("client_secret").orElse(null);
        if (secret != null) {
            methods.add("client_secret_post");
        }
        var assertion = form.one(ASSERTION);
        if (assertion.isPresent()) {
            methods.add(jwtMethod(assertion.get()));
            clientId = clientId == null ? subject(assertion.get()) : clientId;
        }
        if (authorization != null) {
            methods.add("client_secret_basic");
            var basic = basic(authorization);
            if (basic.length == 2) {
                clientId = basic[0];
                secret = secret == null ? basic[1] : secret;
            } else {
                exchange.failed(
                        "Authorization",
                        "The header is no ‘Basic’ with the Base64 of client ID, colon and secret: RFC 7617");
            }
        }
        return new Attempt(methods, clientId, secret);
    }

    /** By its {@code alg}, which is what tells the two apart. */
    private static String jwtMethod(String assertion) {
        try {
            return JWTParser.parse(assertion)
                            .getHeader()
                            .getAlgorithm()
                            .getName()
                            .startsWith("HS")
                    ? "client_secret_jwt"
                    : "private_key_jwt";
        } catch (ParseException | IllegalArgumentException e) {
            return ASSERTION;
        }
    }

    private static String subject(String assertion) {
        try {
            return JWTParser.parse(assertion).getJWTClaimsSet().getSubject();
        } catch (ParseException | IllegalArgumentException | NullPointerException e) {
            return null;
        }
    }

    /** Client ID and secret, each form-encoded before (RFC 6749 section 2.3.1); empty for what is no such header. */
    private static String[] basic(String authorization) {
        var parts = authorization.strip().split(" +", 2);
        if (parts.length < 2 || !parts[0].toLowerCase(Locale.ROOT).equals("basic")) {
            return new String[0];
        }
        try {
            var text = new String(Base64.getDecoder().decode(parts[1].strip()), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0
                    ? new String[0]
                    : new String[] {
                        URLDecoder.decode(text.substring(0, colon), StandardCharsets.UTF_8),
                        URLDecoder.decode(text.substring(colon + 1), StandardCharsets.UTF_8)
                    };
        } catch (IllegalArgumentException e) {
            return new String[0];
        }
    }

    private static boolean method(MockClient client, Attempt attempt, Exchange exchange) {
        var registered = client.authentication().method().code();
        var used = attempt.methods();
        if (used.equals(List.of(registered))) {
            exchange.passed(METHOD, "The client authenticates by " + registered + ", as registered");
            return true;
        }
        if (used.isEmpty()) {
            exchange.failed(
                    METHOD,
                    "The request has no client authentication: no Authorization header, no client_secret, no client_assertion",
                    "none",
                    registered);
        } else if (used.size() > 1) {
            exchange.failed(
                    METHOD,
                    "The request uses several ways to authenticate, and may use one",
                    String.join(", ", used),
                    registered);
        } else {
            exchange.failed(
                    METHOD,
                    "The client authenticates by another method than the registered one",
                    used.get(0),
                    registered);
        }
        return false;
    }

    private boolean proves(Issuer issuer, MockClient client, Attempt attempt, Parameters form, Exchange exchange) {
        var method = client.authentication().method();
        if (method == TokenEndpointAuthMethod.CLIENT_SECRET_BASIC
                || method == TokenEndpointAuthMethod.CLIENT_SECRET_POST) {
            return secret(client, attempt.secret(), exchange);
        }
        var type = form.one("client_assertion_type").orElse("");
        if (!type.equals(ASSERTION_TYPE)) {
            exchange.differs("client_assertion_type", "The type", type, ASSERTION_TYPE);
            return false;
        }
        var named = form.one("client_id");
        if (named.isPresent() && !named.get().equals(client.clientId())) {
            exchange.differs("client_id", "The client ID", named.get(), client.clientId());
            return false;
        }
        return assertions.passes(issuer, client, form.one(ASSERTION).orElseThrow(), exchange);
    }

    private boolean secret(MockClient client, String sent, Exchange exchange) {
        if (sent != null
                && clients.anySecret(
                        client, secret -> java.security.MessageDigest.isEqual(bytes(secret), bytes(sent)))) {
            exchange.passed("client_secret", "The secret is one of this client that works");
            return true;
        }
        exchange.failed("client_secret", wrong(client, sent));
        return false;
    }

    /** What can be told of a wrong secret without telling of the right one. */
    private static String wrong(MockClient client, String sent) {
        if (client.authentication().secrets().isEmpty()) {
            return "No secret of this client works any more: all have ended or were revoked";
        }
        if (sent == null || sent.isEmpty()) {
            return "The secret is empty";
        }
        if (!sent.equals(sent.strip())) {
            return "The secret has a space or a line break before or behind it";
        }
        return client.kind() == Kind.REGISTERED && sent.length() != 36
                ? "This is no secret of this client that works: secrets here have 36 characters, this one has "
                        + sent.length()
                : "This is no secret of this client that works: it is wrong, has ended, or was revoked";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
