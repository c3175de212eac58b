package dev.connectionmanager.keyset;

import static dev.connectionmanager.keyset.HostedKeyExamples.NOW;
import static dev.connectionmanager.keyset.HostedKeyExamples.RSA;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.keyset.HostedKeyRules.Judged;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.RuleExamples;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.testing.RsaKeys;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostedKeyRulesTest {
    private static final RSAKey FIRST = RsaKeys.key(0);
    private static final RSAKey SECOND = RsaKeys.key(1);

    @Test
    void takesAKeyInEveryFormThatPeopleHaveItIn() throws Exception {
        var key = FIRST.toPublicJWK().toJSONString();
        var forms = List.of(
                key,
                "[" + key + "]",
                "{\"keys\":[" + key + "]}",
                new JWKSet(FIRST.toPublicJWK()).toString(),
                pem(FIRST),
                "\n" + pem(FIRST) + "\n");
        for (var form : forms) {
            var judged = check(form);
            assertThat(judged.violations().all()).as(form).isEmpty();
            var published = JWK.parse(judged.keys().get(0).jwk());
            assertThat(published.toRSAKey().getModulus()).as(form).isEqualTo(FIRST.getModulus());
            assertThat(published.isPrivate()).isFalse();
            assertThat(published.getKeyID()).as(form).isNotEmpty();
        }
    }

    @Test
    void namesAKeyByItsThumbprintWhereItHasNoNameAndSaysWhatItIsFor() throws Exception {
        var judged = check(pem(FIRST) + "\n" + pem(SECOND));
        assertThat(judged.keys())
                .extracting(HostedKey::kid)
                .containsExactly(
                        FIRST.computeThumbprint().toString(),
                        SECOND.computeThumbprint().toString());
        assertThat(judged.keys()).allSatisfy(key -> assertThat(key.jwk()).contains("\"use\":\"sig\""));
    }

    @Test
    void takesNoPrivateKeyAndRepeatsNoneOfIt() {
        for (var sent :
                List.of(FIRST.toJSONString(), "[" + FIRST.toJSONString() + "]", new JWKSet(FIRST).toString(false))) {
            var judged = check(sent);
            assertThat(judged.keys()).isEmpty();
            assertThat(judged.violations().all()).extracting(Violation::rule).contains(Rule.JWKS_PRIVATE_KEY);
            assertThat(judged.violations().toString())
                    .doesNotContain(FIRST.getPrivateExponent().toString());
        }
    }

    @Test
    void refusesWhatIsThereAlready() {
        var there = check(FIRST.toPublicJWK().toJSONString()).keys();
        var again = HostedKeyRules.check(pem(FIRST), there, RSA, NOW);
        assertThat(again.violations().all()).extracting(Violation::rule).containsExactly(Rule.HOSTED_KEY_THERE);
        var namesake = new RSAKey.Builder(SECOND.toPublicJWK())
                .keyID(there.get(0).kid())
                .build();
        assertThat(HostedKeyRules.check(namesake.toJSONString(), there, RSA, NOW)
                        .violations()
                        .all())
                .extracting(Violation::rule)
                .containsExactly(Rule.HOSTED_KEY_THERE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"keys":[]}                 | jwks-no-usable-key
            {"keys":{}}                 | jwks-malformed
            {"keys":[],"keys":[]}       | jwks-malformed
            hello                       | jwks-malformed
            [1]                         | jwks-malformed, jwks-no-usable-key
            {"kty":"oct","k":"c2VjcmV0"} | jwks-symmetric-key, jwks-no-usable-key
            -----BEGIN PUBLIC KEY-----  | pem-unreadable
            -----BEGIN CERTIFICATE----- | pem-unreadable""")
    void saysWhatIsWrong(String sent, String codes) {
        assertThat(check(sent).violations().all())
                .extracting(finding -> finding.rule().code())
                .containsAll(List.of(codes.split(", ")));
        assertThat(check(sent).violations().block()).isTrue();
        assertThat(check(sent).violations().all()).extracting(Violation::path).containsOnly("keys");
    }

    @Test
    void aReplacedKeyLeavesTwoHoursLater() {
        var set = new HostedKeySet(
                UUID.randomUUID(),
                "Set",
                check(FIRST.toPublicJWK().toJSONString()).keys(),
                "Olivia",
                NOW);
        var old = set.keys(NOW).get(0);
        set.add(check(pem(SECOND)).keys(), old, NOW);
        assertThat(set.keys(NOW)).hasSize(2);
        assertThat(set.keys(NOW.plus(Duration.ofMinutes(119)))).hasSize(2);
        assertThat(set.keys(NOW.plus(Duration.ofHours(2))))
                .extracting(HostedKey::thumbprint)
                .doesNotContain(old.thumbprint())
                .hasSize(1);
        assertThat(new String(set.document(NOW.plus(Duration.ofHours(2)))))
                .doesNotContain(old.kid())
                .startsWith("{\"keys\":[{");
    }

    @ParameterizedTest
    @CsvSource({
        "/key-sets/0d6a4a0c-6a4c-4b0c-8b3f-5c9e5d0b7b11, PATH_TO_LIVE,",
        "/key-sets/0d6a4a0c-6a4c-4b0c-8b3f-5c9e5d0b7b11, PRODUCTION, jwks-uri-for-development",
        "/key-sets/0D6A4A0C-6a4c-4b0c-8b3f-5c9e5d0b7b11, PATH_TO_LIVE, jwks-uri-hosted-unknown",
        "/key-sets/0d6a4a0c-6a4c-4b0c-8b3f-5c9e5d0b7b11?x, PATH_TO_LIVE, jwks-uri-hosted-unknown",
        "/key-sets/0d6a4a0c-6a4c-4b0c-8b3f-5c9e5d0b7b11/, PATH_TO_LIVE, jwks-uri-hosted-unknown",
        "/key-sets/1-1-1-1-1, PATH_TO_LIVE, jwks-uri-hosted-unknown",
        "/key-sets/, PATH_TO_LIVE, jwks-uri-hosted-unknown",
        ":443/key-sets/0d6a4a0c-6a4c-4b0c-8b3f-5c9e5d0b7b11, PATH_TO_LIVE, jwks-uri-hosted-unknown",
        "/keys.json, PATH_TO_LIVE,"
    })
    void knowsTheAddressesOfKeySetsThatThePortalKeeps(String rest, EnvironmentKind kind, String code) {
        var judged = HostedKeyExamples.judge(RuleExamples.INTEGRATION.keySets().publicUrl() + rest, kind);
        assertThat(judged.all())
                .extracting(finding -> finding.rule().code())
                .isEqualTo(code == null ? List.of() : List.of(code));
    }

    private static Judged check(String sent) {
        return HostedKeyRules.check(sent, List.of(), RSA, NOW);
    }

    private static String pem(RSAKey key) {
        try {
            return "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(key.toPublicKey().getEncoded())
                    + "\n-----END PUBLIC KEY-----";
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
