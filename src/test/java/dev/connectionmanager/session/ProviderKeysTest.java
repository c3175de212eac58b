package dev.connectionmanager.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpServer;
import dev.connectionmanager.outbound.LaboratoryInternet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An OpenID Provider that changes its key while somebody makes names of keys up. */
class ProviderKeysTest {
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile String published = set("old");
    private HttpServer provider;
    private ProviderKeys keys;

    @BeforeEach
    void start() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/jwks", exchange -> {
            fetches.incrementAndGet();
            var body = published.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        provider.start();
        var address = URI.create("http://127.0.0.1:" + provider.getAddress().getPort() + "/jwks");
        keys = new ProviderKeys(address.toURL(), Duration.ofMillis(50));
    }

    @AfterEach
    void stop() {
        provider.stop(0);
    }

    @Test
    void aNewKeyIsFoundHoweverManyAreMadeUp() throws KeySourceException {
        assertThat(keys.get(named("old"), null)).hasSize(1);
        for (int i = 0; i < 6; i++) {
            assertThat(keys.get(named("made-up-" + i), null)).isEmpty();
        }
        published = set("new");
        assertThat(keys.get(named("new"), null)).hasSize(1);
        assertThat(fetches).hasValueLessThanOrEqualTo(9);
    }

    @Test
    void aKeyThatIsKnownIsNotAskedForAgain() throws KeySourceException {
        for (int i = 0; i < 20; i++) {
            assertThat(keys.get(named("old"), null)).hasSize(1);
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void saysWhenItCannotTell() {
        provider.stop(0);
        assertThatThrownBy(() -> keys.get(named("old"), null)).isInstanceOf(KeySourceException.class);
    }

    private static JWKSelector named(String kid) {
        return new JWKSelector(new JWKMatcher.Builder().keyID(kid).build());
    }

    private static String set(String kid) {
        return new JWKSet(new RSAKey.Builder(LaboratoryInternet.KEY).keyID(kid).build()).toString();
    }
}
