package dev.connectionmanager.verification.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Runs a file of x509-limbo’s format (https://x509-limbo.com) through the rules that judge live endpoints.
 *
 * <pre>mvn test -Dtest=LimboTest -Dlimbo.file=limbo.json [-Dlimbo.expectations=expectations.tsv]</pre>
 *
 * The expectations, where given, are tab-separated columns: id, the suite’s result, ours, tier; only cases that stand
 * there are run, and only those of tier {@code must} can fail the test. Else the suite’s own result counts for every
 * server case. A report goes to {@code target/limbo-report.tsv}: id, tier, expected, actual, milliseconds, codes.
 */
class LimboTest {
    private record Expectation(String result, String tier) {}

    @Test
    void readsTheFormatOfTheSuite() throws IOException {
        TestPki.Issued root = TestPki.root("Root");
        TestPki.Issued leaf = TestPki.leaf("www.example.org").issuedBy(root);
        ObjectNode sample = new ObjectMapper().createObjectNode();
        sample.putArray("trusted_certs").add(TestPki.pem(root.certificate()));
        sample.putArray("untrusted_intermediates");
        sample.put("peer_certificate", TestPki.pem(leaf.certificate()));
        sample.put("validation_time", TestPki.NOW.toString());
        sample.putObject("expected_peer_name").put("kind", "DNS").put("value", "www.example.org");
        assertThat(judge(sample).all()).isEmpty();

        sample.put("peer_certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertThat(judge(sample).all()).extracting(Violation::rule).containsExactly(Rule.CERTIFICATE_MALFORMED);
    }

    @Test
    @EnabledIfSystemProperty(named = "limbo.file", matches = ".+")
    void agreesWithTheSuite() throws IOException {
        Map<String, Expectation> expectations = expectations();
        Map<String, int[]> tally = new TreeMap<>();
        List<String> report = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        JsonNode suite = new ObjectMapper()
                .readTree(Path.of(System.getProperty("limbo.file")).toFile());
        for (JsonNode each : suite.get("testcases")) {
            String id = each.get("id").asText();
            boolean server = each.path("validation_kind").asText("SERVER").equals("SERVER");
            Expectation expected = expectations.isEmpty() && server
                    ? new Expectation(each.get("expected_result").asText(), "all")
                    : expectations.get(id);
            if (expected == null) {
                continue;
            }
            long start = System.nanoTime();
            Violations found = judge(each);
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            String actual = found.block() ? "FAILURE" : "SUCCESS";
            int[] count = tally.computeIfAbsent(expected.tier(), tier -> new int[2]);
            count[actual.equals(expected.result()) ? 0 : 1]++;
            String line = String.join("\t", id, expected.tier(), expected.result(), actual, millis + "", codes(found));
            report.add(line);
            if (!actual.equals(expected.result())) {
                wrong.add(line);
            }
        }
        Files.write(Path.of("target", "limbo-report.tsv"), report);
        tally.forEach((tier, count) -> System.out.printf("%s: %d right, %d differ%n", tier, count[0], count[1]));
        assertThat(wrong.stream().filter(line -> List.of("must", "all").contains(line.split("\t")[1])))
                .isEmpty();
    }

    private static String codes(Violations found) {
        return String.join(
                ",",
                found.all().stream()
                        .map(one -> one.rule().code() + one.arguments())
                        .toList());
    }

    private static Map<String, Expectation> expectations() throws IOException {
        Map<String, Expectation> read = new HashMap<>();
        String file = System.getProperty("limbo.expectations");
        for (String line : file == null ? List.<String>of() : Files.readAllLines(Path.of(file))) {
            String[] columns = line.split("\t");
            if (!columns[0].equals("id")) {
                read.put(columns[0], new Expectation(columns[2], columns[3]));
            }
        }
        return read;
    }

    private static Violations judge(JsonNode each) {
        JsonNode name = each.get("expected_peer_name");
        String host = name == null || name.isNull() ? "" : name.get("value").asText();
        String time = each.path("validation_time").asText("");
        Instant now = time.isEmpty() || time.equals("null")
                ? Instant.now()
                : OffsetDateTime.parse(time).toInstant();
        List<X509Certificate> anchors = new ArrayList<>();
        for (JsonNode trusted : each.get("trusted_certs")) {
            try {
                anchors.add(certificate(trusted));
            } catch (CertificateException unreadable) {
                // A root that cannot be read is trusted by nobody.
            }
        }
        Violations found = TlsRules.check(observation(host, each), TrustAnchors.of(anchors), now);
        // A few cases ask for no name at all.
        return new Violations(found.all().stream()
                .filter(one -> !host.isEmpty() || one.rule() != Rule.CERTIFICATE_NAME_MISMATCH)
                .toList());
    }

    /** As a handshake would show it: the JDK gives up on a certificate that it cannot read. */
    private static TlsObservation observation(String host, JsonNode each) {
        try {
            List<X509Certificate> chain = new ArrayList<>(List.of(certificate(each.get("peer_certificate"))));
            for (JsonNode intermediate : each.get("untrusted_intermediates")) {
                chain.add(certificate(intermediate));
            }
            return TlsObservation.completed(host, chain, "TLSv1.3", "TLS_AES_128_GCM_SHA256", List.of());
        } catch (CertificateException unreadable) {
            TlsFailure failure = new TlsFailure(TlsFailure.Kind.CERTIFICATE_UNREADABLE, unreadable.getMessage());
            return TlsObservation.failed(host, List.of(), failure);
        }
    }

    private static X509Certificate certificate(JsonNode pem) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.asText().getBytes(StandardCharsets.US_ASCII)));
    }
}
