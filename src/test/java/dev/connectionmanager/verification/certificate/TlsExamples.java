package dev.connectionmanager.verification.certificate;

import static dev.connectionmanager.verification.certificate.TestPki.NOW;
import static dev.connectionmanager.verification.certificate.TestPki.intermediate;
import static dev.connectionmanager.verification.certificate.TestPki.leaf;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.ANCHORS;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.HOST;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.MIDDLE;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.ROOT;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.check;

import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.certificate.TestPki.Draft;
import dev.connectionmanager.verification.certificate.TestPki.Issued;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;

/** What servers are told that break each of the TLS and certificate rules, for the catalogue of all rules. */
public final class TlsExamples {
    private TlsExamples() {}

    public static Stream<Violations> all() {
        return Stream.of(failures(), asked(), fromTables(), names(), chains(), staples())
                .flatMap(some -> some);
    }

    private static Stream<Violations> failures() {
        return Arrays.stream(TlsFailure.Kind.values())
                .map(kind -> TlsObservation.failed(HOST, List.of(), new TlsFailure(kind, "alert")))
                .map(seen -> TlsRules.check(seen, ANCHORS, NOW));
    }

    private static Stream<Violations> asked() {
        return Stream.of(new Violations(List.of(TlsRules.clientCertificateAsked(""))));
    }

    private static Stream<Violations> fromTables() {
        Stream<Violations> leaves =
                TlsRulesTest.leaves().map(row -> check(ANCHORS, draft(row).issuedBy(MIDDLE), MIDDLE));
        Stream<Violations> issuers = TlsRulesTest.intermediates()
                .map(row -> draft(row).issuedBy(ROOT))
                .map(issuer -> check(ANCHORS, leaf(HOST).issuedBy(issuer), issuer));
        return Stream.concat(leaves, issuers);
    }

    private static Draft draft(Arguments row) {
        return (Draft) ((Named<?>) row.get()[0]).getPayload();
    }

    private static Stream<Violations> names() {
        return Stream.of("*.co.uk", "*.azurewebsites.net")
                .map(name ->
                        TlsRulesTest.seen(name.replace("*", "a"), leaf(name).issuedBy(ROOT)))
                .map(seen -> TlsRules.check(seen, ANCHORS, NOW));
    }

    private static Stream<Violations> chains() {
        Issued server = leaf(HOST).issuedBy(MIDDLE);
        Issued lower = intermediate("Lower").issuedBy(MIDDLE);
        Issued stranger = TestPki.root("Stranger");
        Issued impostor = intermediate("Middle").key("secp384r1").issuedBy(ROOT);
        return Stream.of(
                check(ANCHORS, server),
                check(ANCHORS, leaf(HOST).selfSigned()),
                check(ANCHORS, leaf(HOST).issuedBy(stranger), stranger),
                check(ANCHORS, leaf(HOST).issuedBy(impostor), MIDDLE),
                check(ANCHORS, leaf(HOST).issuedBy(lower), MIDDLE, lower),
                check(ANCHORS, server, MIDDLE, MIDDLE),
                check(
                        ANCHORS,
                        Collections.nCopies(TlsRules.MOST_CERTIFICATES + 1, server)
                                .toArray(Issued[]::new)));
    }

    private static Stream<Violations> staples() {
        Issued server = leaf(HOST).issuedBy(ROOT);
        byte[] revoked = TestStaple.response(server, ROOT, ROOT, NOW.minusSeconds(60));
        var chain = List.of(server.certificate());
        return Stream.of(TlsObservation.completed(HOST, chain, "TLSv1.3", "TLS_AES_128_GCM_SHA256", List.of(revoked)))
                .map(seen -> TlsRules.check(seen, ANCHORS, NOW));
    }
}
