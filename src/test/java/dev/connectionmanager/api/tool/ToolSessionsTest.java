package dev.connectionmanager.api.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.connectionmanager.credential.CredentialRefused;
import dev.connectionmanager.credential.Keysets;
import dev.connectionmanager.credential.OtherKeyset;
import dev.connectionmanager.team.TeamCredential;
import dev.connectionmanager.testing.ManualClock;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every node takes a session for an hour, and nothing else that looks like one. */
class ToolSessionsTest {
    private static final TeamCredential CREDENTIAL =
            new TeamCredential(UUID.randomUUID(), UUID.randomUUID(), "Script", true, "sub");

    private static String keyset;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-12-01T12:00:00Z"));

    @BeforeAll
    static void makeKeyset() throws GeneralSecurityException {
        keyset = Keysets.fresh();
    }

    private ToolSessions node(String keys, String address) throws Exception {
        return new ToolSessions(new OtherKeyset(keys).vault(), address, clock);
    }

    private ToolSessions node() throws Exception {
        return node(keyset, "https://portal.example");
    }

    private static void assertRefused(ToolSessions node, String token) {
        assertThatThrownBy(() -> node.credential(token)).isInstanceOf(CredentialRefused.class);
    }

    @Test
    void anotherNodeTakesItForAnHour() throws Exception {
        var token = node().begin(CREDENTIAL);
        assertThat(node().credential(token)).isEqualTo(CREDENTIAL.id());
        clock.pass(Duration.ofMinutes(60).minusSeconds(1));
        assertThat(node().credential(token)).isEqualTo(CREDENTIAL.id());
        clock.pass(Duration.ofSeconds(1));
        assertRefused(node(), token);
    }

    @Test
    void aNewKeyLosesNoSession() throws Exception {
        var before = node().begin(CREDENTIAL);
        var promoted = Keysets.withNewPrimary(keyset);
        var added = node(Keysets.withPrimary(promoted, 0), "https://portal.example");
        var after = node(promoted, "https://portal.example");
        assertThat(after.credential(before)).isEqualTo(CREDENTIAL.id());
        assertThat(added.credential(after.begin(CREDENTIAL))).isEqualTo(CREDENTIAL.id());
        assertThat(after.credential(added.begin(CREDENTIAL))).isEqualTo(CREDENTIAL.id());
        assertRefused(node(), after.begin(CREDENTIAL));
    }

    @Test
    void whatNoNodeHasGivenIsNone() throws Exception {
        var good = SignedJWT.parse(node().begin(CREDENTIAL));
        var claims = good.getJWTClaimsSet();
        assertRefused(node(), new PlainJWT(claims).serialize());
        for (var alg : new JWSAlgorithm[] {JWSAlgorithm.HS256, JWSAlgorithm.HS512}) {
            var forged = new SignedJWT(
                    new JWSHeader.Builder(alg)
                            .keyID(good.getHeader().getKeyID())
                            .build(),
                    claims);
            forged.sign(new MACSigner(new byte[64]));
            assertRefused(node(), forged.serialize());
        }
        var parts = good.serialize().split("\\.");
        assertRefused(node(), parts[0] + "." + parts[1] + ".");
        assertRefused(node(), "");
        assertRefused(node(), "x.y.z");
        assertRefused(node(Keysets.fresh(), "https://portal.example"), good.serialize());
        assertRefused(node(keyset, "https://other.example"), good.serialize());
    }
}
