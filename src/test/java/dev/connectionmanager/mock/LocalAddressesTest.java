package dev.connectionmanager.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpServer;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.PortalTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses on a developer's own computer, for the mock alone. */
@PortalTest
class LocalAddressesTest {
    private static final String HERE = "http://localhost:3000/callback";

    @Test
    void letsADeveloperLogInOnTheirOwnComputerWithTheirOwnKeys() throws Exception {
        var client = MockRegistration.make(
                "Local addresses",
                Map.of(
                        "token_endpoint_auth_method",
                        "private_key_jwt",
                        "jwks_uri",
                        "https://keys.laboratory.co.uk/jwks"));
        var party = RelyingParty.of(RelyingParty.commonIssuer(), client.clientId(), HERE);
        assertThat(party.logIn()
                        .ask("gp", "openid", UnaryOperator.identity())
                        .answer()
                        .statusCode())
                .isEqualTo(400);

        var own = LaboratoryInternet.key(2, "own");
        var keys = keys(new JWKSet(own).toString());
        try {
            var owner = Api.as("owner");
            owner.put(
                            client.path() + "/local-addresses",
                            Map.of(
                                    "redirect_uris",
                                    List.of(HERE),
                                    "jwks_uri",
                                    "http://localhost:" + keys.getAddress().getPort() + "/jwks"),
                            "")
                    .then()
                    .statusCode(200)
                    .body("redirect_uris", contains(HERE));
            assertThat(owner.get(client.path()).<List<String>>path("redirect_uris"))
                    .as("no part of the registration")
                    .doesNotContain(HERE);
            var logIn = party.logIn().ask("gp", "openid", UnaryOperator.identity());
            assertThat(logIn.redeem(party.privateKeyJwt(own, JWSAlgorithm.RS256))
                            .indicatesSuccess())
                    .isTrue();
        } finally {
            keys.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://192.168.0.7/callback",
                "https://app.supplier.co.uk/callback",
                "http://localhost.evil.example/callback",
                "http://localhost:3000@evil.example/callback",
                "http://localhost/callback#fragment",
                "http://127.0.0.2/callback",
                "callback"
            })
    void takesNoAddressElsewhere(String uri) {
        var client = MockRegistration.make("Local addresses elsewhere", Map.of());
        Api.as("admin")
                .put(client.path() + "/local-addresses", Map.of("redirect_uris", List.of(uri)), "")
                .then()
                .statusCode(422)
                .body("errors.code", hasItem("local-address-not-loopback"));
    }

    @Test
    void takesTen() {
        var client = MockRegistration.make("Ten local addresses", Map.of());
        Api.as("admin")
                .put(
                        client.path() + "/local-addresses",
                        Map.of(
                                "redirect_uris",
                                IntStream.range(0, 11)
                                        .mapToObj(i -> "http://localhost:3000/" + i)
                                        .toList()),
                        "")
                .then()
                .statusCode(429)
                .body("code", equalTo("limit-reached"));
    }

    private static HttpServer keys(String body) throws java.io.IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/jwks", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/jwk-set+json");
            var bytes = body.getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }
}
