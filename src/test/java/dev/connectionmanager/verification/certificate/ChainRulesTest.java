package dev.connectionmanager.verification.certificate;

import static dev.connectionmanager.policy.Rule.*;
import static dev.connectionmanager.verification.certificate.TestPki.NOW;
import static dev.connectionmanager.verification.certificate.TestPki.intermediate;
import static dev.connectionmanager.verification.certificate.TestPki.leaf;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.ANCHORS;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.HOST;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.MIDDLE;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.ROOT;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.check;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.dns;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.verification.certificate.TestPki.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainRulesTest {
    private static final Issued LEAF = leaf(HOST).issuedBy(MIDDLE);

    @Test
    void acceptsTheChainWithOrWithoutItsRoot() {
        assertThat(check(ANCHORS, LEAF, MIDDLE).all()).isEmpty();
        assertThat(check(ANCHORS, LEAF, MIDDLE, ROOT).all()).isEmpty();
    }

    @Test
    void refusesIncompleteChainAndNamesTheMissingIssuer() {
        assertThat(check(ANCHORS, LEAF).all())
                .containsExactly(Violation.of("jwks_uri", CERTIFICATE_CHAIN_INCOMPLETE, HOST, "Middle"));
    }

    @Test
    void refusesSelfSignedEvenWhenItIsTrusted() {
        Issued own = leaf(HOST).selfSigned();
        assertThat(rules(check(ANCHORS, own))).containsExactly(CERTIFICATE_SELF_SIGNED);
        assertThat(rules(check(TrustAnchors.of(List.of(own.certificate())), own)))
                .containsExactly(CERTIFICATE_SELF_SIGNED);
    }

    @Test
    void refusesPrivateRootThatIsPresented() {
        Issued privateRoot = TestPki.root("Private root");
        assertThat(check(ANCHORS, leaf(HOST).issuedBy(privateRoot), privateRoot).all())
                .containsExactly(Violation.of("jwks_uri", CERTIFICATE_ROOT_NOT_PUBLIC, "Private root"));
    }

    @Test
    void tellsExpiryAndIncompleteChainTogether() {
        Issued expired = leaf(HOST)
                .valid(NOW.minus(Duration.ofDays(9)), NOW.minusSeconds(1))
                .issuedBy(MIDDLE);
        assertThat(rules(check(ANCHORS, expired))).containsExactly(CERTIFICATE_EXPIRED, CERTIFICATE_CHAIN_INCOMPLETE);
    }

    @Test
    void refusesSignatureByAnotherKeyOfTheSameName() {
        Issued impostor = intermediate("Middle").key("secp384r1").issuedBy(ROOT);
        assertThat(rules(check(ANCHORS, leaf(HOST).issuedBy(impostor), MIDDLE)))
                .contains(CERTIFICATE_SIGNATURE_INVALID);
    }

    @Test
    void refusesMoreIntermediatesThanThePathLengthAllows() {
        Issued narrow = intermediate("Narrow").ca(new BasicConstraints(0)).issuedBy(ROOT);
        Issued below = intermediate("Below").issuedBy(narrow);
        assertThat(check(ANCHORS, leaf(HOST).issuedBy(below), below, narrow).all())
                .containsExactly(
                        Violation.of("jwks_uri", CERTIFICATE_ISSUER_NOT_ALLOWED, "Narrow", "pathLenConstraint 0"));
    }

    @Test
    void respectsTheConstraintsOfTheRootItself() {
        Issued constrained =
                intermediate("Constrained root").permitted(dns("example.com")).selfSigned();
        TrustAnchors anchors = TrustAnchors.of(List.of(constrained.certificate()));
        assertThat(rules(check(anchors, leaf(HOST).issuedBy(constrained))))
                .containsExactly(CERTIFICATE_NAME_NOT_PERMITTED);
        assertThat(rules(check(anchors, leaf("a.example.com").issuedBy(constrained))))
                .containsExactly(CERTIFICATE_NAME_MISMATCH);
    }

    @Test
    void triesTheOtherPathWhenOneIsSpoilt() {
        Issued elsewhere = TestPki.root("Elsewhere");
        Issued expired = intermediate("Middle")
                .valid(NOW.minusSeconds(9), NOW.minusSeconds(1))
                .issuedBy(ROOT);
        Issued unknown = intermediate("Middle").issuedBy(elsewhere);
        Issued wrongPurpose = intermediate("Middle")
                .purposes(KeyPurposeId.id_kp_emailProtection)
                .issuedBy(ROOT);
        Issued wrongNames = intermediate("Middle").permitted(dns("example.com")).issuedBy(ROOT);
        assertThat(check(ANCHORS, LEAF, expired, unknown, wrongPurpose, wrongNames, MIDDLE)
                        .block())
                .isFalse();
        assertThat(check(ANCHORS, LEAF, expired, unknown, wrongPurpose, wrongNames)
                        .block())
                .isTrue();
    }

    @Test
    void stopsAtTrustedRootThoughItsExpiredCrossSignIsPresented() {
        Issued old = TestPki.root("Old root");
        Issued cross = intermediate("Root")
                .valid(NOW.minusSeconds(9), NOW.minusSeconds(1))
                .issuedBy(old);
        TrustAnchors both = TrustAnchors.of(List.of(ROOT.certificate(), old.certificate()));
        assertThat(check(both, LEAF, MIDDLE, cross).all()).isEmpty();
    }

    @Test
    void refusesExpiredRootWithoutAnotherPath() {
        Issued old = intermediate("Old")
                .valid(NOW.minusSeconds(9), NOW.minusSeconds(1))
                .selfSigned();
        assertThat(rules(check(
                        TrustAnchors.of(List.of(old.certificate())), leaf(HOST).issuedBy(old))))
                .containsExactly(CERTIFICATE_EXPIRED);
    }

    @Test
    void warnsOfDisorderAndExtras() {
        Issued lower = intermediate("Lower").issuedBy(MIDDLE);
        Issued server = leaf(HOST).issuedBy(lower);
        assertThat(check(ANCHORS, server, lower, MIDDLE).all()).isEmpty();
        assertThat(rules(check(ANCHORS, server, MIDDLE, lower))).containsExactly(CERTIFICATE_MISORDERED);
        Issued stranger = intermediate("Stranger").issuedBy(ROOT);
        assertThat(rules(check(ANCHORS, LEAF, MIDDLE, stranger))).containsExactly(CERTIFICATE_EXTRA);
        assertThat(rules(check(ANCHORS, LEAF, MIDDLE, MIDDLE))).containsExactly(CERTIFICATE_EXTRA);
        assertThat(check(ANCHORS, LEAF, MIDDLE, MIDDLE).block()).isFalse();
    }

    @Test
    void boundsTheWorkOnCrossSignedCrowds() {
        List<Issued> crowd = new ArrayList<>(List.of(LEAF));
        for (int i = 0; i < 98; i++) {
            crowd.add(intermediate("Middle").issuedBy(MIDDLE));
        }
        var chain = crowd.toArray(Issued[]::new);
        assertThat(Patience.processorTime(
                        () -> assertThat(check(ANCHORS, chain).block()).isTrue()))
                .isLessThan(Duration.ofSeconds(10));
        crowd.add(MIDDLE);
        crowd.add(MIDDLE);
        assertThat(rules(check(ANCHORS, crowd.toArray(Issued[]::new)))).containsExactly(CERTIFICATE_CHAIN_TOO_COMPLEX);
    }

    @Test
    void findsThePathThroughMutualCrossSigns() {
        List<Issued> chain =
                new ArrayList<>(List.of(leaf(HOST).issuedBy(intermediate("N0").issuedBy(ROOT))));
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                if (i != j) {
                    chain.add(
                            intermediate("N" + i).issuedBy(intermediate("N" + j).issuedBy(ROOT)));
                }
            }
        }
        assertThat(rules(check(ANCHORS, chain.toArray(Issued[]::new)))).contains(CERTIFICATE_CHAIN_INCOMPLETE);
        chain.add(intermediate("N4").issuedBy(ROOT));
        assertThat(check(ANCHORS, chain.toArray(Issued[]::new)).block()).isFalse();
    }

    @Test
    void refusesWhatAStapledResponseCallsRevoked() {
        Issued responder = leaf().purposes(KeyPurposeId.id_kp_OCSPSigning).issuedBy(MIDDLE);
        Issued uncertified = leaf().purposes(KeyPurposeId.id_kp_OCSPSigning).issuedBy(ROOT);
        var revoked = NOW.minus(Duration.ofDays(1));
        assertThat(stapled(TestStaple.response(LEAF, MIDDLE, MIDDLE, revoked)).all())
                .containsExactly(Violation.of("", CERTIFICATE_REVOKED, HOST, revoked.toString()));
        assertThat(rules(stapled(TestStaple.response(LEAF, MIDDLE, responder, revoked))))
                .containsExactly(CERTIFICATE_REVOKED);
        assertThat(stapled(TestStaple.response(LEAF, MIDDLE, MIDDLE, null)).all())
                .isEmpty();
        assertThat(stapled(TestStaple.response(LEAF, MIDDLE, uncertified, revoked))
                        .all())
                .isEmpty();
        assertThat(stapled(TestStaple.response(leaf("other").issuedBy(MIDDLE), MIDDLE, MIDDLE, revoked))
                        .all())
                .isEmpty();
        assertThat(stapled(new byte[] {1, 2, 3}).all()).isEmpty();
    }

    private static Violations stapled(byte[] response) {
        var chain = List.of(LEAF.certificate(), MIDDLE.certificate());
        var seen = TlsObservation.completed(HOST, chain, "TLSv1.3", "TLS_AES_128_GCM_SHA256", List.of(response));
        return TlsRules.check(seen, ANCHORS, NOW);
    }

    @Test
    void namesTheSetOfRootsWhateverItsOrder(@TempDir Path directory) throws IOException {
        var one = TrustAnchors.of(List.of(ROOT.certificate(), MIDDLE.certificate()));
        var other = TrustAnchors.of(List.of(MIDDLE.certificate(), ROOT.certificate(), ROOT.certificate()));
        assertThat(one.fingerprint()).matches("[0-9a-f]{64}").isEqualTo(other.fingerprint());
        assertThat(one.fingerprint()).isNotEqualTo(ANCHORS.fingerprint());

        Path pem = directory.resolve("roots.pem");
        Files.writeString(pem, TestPki.pem(ROOT.certificate()) + TestPki.pem(MIDDLE.certificate()));
        assertThat(ConfiguredAnchors.fromPem(pem).fingerprint()).isEqualTo(one.fingerprint());
        Files.writeString(pem, "");
        assertThatThrownBy(() -> ConfiguredAnchors.fromPem(pem)).isInstanceOf(IOException.class);
        assertThat(TrustAnchors.ofJvm().size()).isGreaterThan(50);
    }
}
