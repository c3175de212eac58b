package dev.connectionmanager.verification.certificate;

import static dev.connectionmanager.verification.certificate.TestPki.NOW;
import static dev.connectionmanager.verification.certificate.TestPki.intermediate;
import static dev.connectionmanager.verification.certificate.TestPki.leaf;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.ANCHORS;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.HOST;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.ROOT;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.dns;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.certificate.TestPki.Issued;
import dev.connectionmanager.verification.probe.EndpointObservation;
import dev.connectionmanager.wording.RuleSentences;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

/** Certificates with some octets changed, as Frankencert has it: none passes, and none is more than the rules can bear. */
class MutatedCertificatesTest {
    private static final int ROUNDS = 1_500;

    private static final Issued ISSUER =
            intermediate("Mutated").permitted(dns("example.org")).issuedBy(ROOT);
    private static final Issued LEAF = leaf(HOST)
            .names(
                    dns(HOST),
                    new GeneralName(GeneralName.rfc822Name, "a@example.org"),
                    new GeneralName(GeneralName.uniformResourceIdentifier, "https://a.example.org/"),
                    new GeneralName(GeneralName.iPAddress, "192.0.2.1"),
                    new GeneralName(GeneralName.directoryName, "CN=a,O=b"))
            .issuedBy(ISSUER);

    private final Random random = new Random(20);

    @Test
    void neverPass() throws Exception {
        assertThat(check(LEAF.certificate(), ISSUER.certificate()).block()).isFalse();
        int readable = 0;
        for (int i = 0; i < ROUNDS; i++) {
            var leaf = mutated(LEAF);
            var issuer = mutated(ISSUER);
            readable += leaf.isPresent() ? 1 : 0;
            leaf.ifPresent(
                    odd -> assertThat(check(odd, ISSUER.certificate()).block()).isTrue());
            issuer.ifPresent(
                    odd -> assertThat(check(LEAF.certificate(), odd).block()).isTrue());
        }
        assertThat(readable).isGreaterThan(ROUNDS / 10);
    }

    @Test
    void noSignatureEndsWithinAnOctet() throws Exception {
        var signed = Stream.generate(() -> leaf(HOST).issuedBy(ISSUER).certificate())
                .filter(certificate -> certificate.getSignature()[certificate.getSignature().length - 1] % 2 == 0)
                .findFirst()
                .orElseThrow();
        byte[] octets = signed.getEncoded();
        octets[octets.length - signed.getSignature().length - 1] = 1;
        var odd = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(octets));
        assertThat(check(odd, ISSUER.certificate()).all())
                .extracting(Violation::rule)
                .contains(Rule.CERTIFICATE_MALFORMED);
    }

    /** As far as the words of the report. */
    private static Violations check(X509Certificate... chain) {
        var seen = TlsObservation.completed(HOST, Arrays.asList(chain), "TLSv1.3", "TLS_AES_128_GCM_SHA256", List.of());
        var found = TlsRules.check(seen, ANCHORS, NOW);
        assertThat(found.all()).extracting(RuleSentences::of).doesNotContainNull();
        assertThat(found.all())
                .flatExtracting(violation -> violation.arguments())
                .allMatch(argument -> argument.chars().noneMatch(c -> c < 0x20 || c == 0x7f));
        assertThat(chain).extracting(EndpointObservation.Certificate::of).doesNotContainNull();
        return found;
    }

    private Optional<X509Certificate> mutated(Issued issued) throws CertificateException {
        byte[] octets = issued.certificate().getEncoded();
        for (int i = random.nextInt(3); i >= 0; i--) {
            octets[random.nextInt(octets.length)] ^= (byte) (1 + random.nextInt(255));
        }
        try {
            var read = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(octets));
            return Optional.of((X509Certificate) read);
        } catch (CertificateException unreadable) {
            return Optional.empty();
        }
    }
}
