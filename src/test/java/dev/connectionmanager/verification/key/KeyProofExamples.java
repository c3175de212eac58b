package dev.connectionmanager.verification.key;

import dev.connectionmanager.policy.Violations;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Answers to a challenge that break each of the rules on proofs, for the catalogue of all rules. */
public final class KeyProofExamples {
    private KeyProofExamples() {}

    public static Stream<Violations> all() {
        var now = Instant.parse("2026-06-01T12:00:00Z");
        var keys = TestKeys.judge(TestKeys.set(TestKeys.publicRsa())).usable();
        var expected = new KeyProof.Expected("https://portal.example.nhs.uk", "nonce", List.of("RS256"));
        var unsigned = KeyProof.challenge(expected.audience(), "nonce", "RS256", "k1", now)
                .signingInput();
        return Stream.of("nothing", "-----BEGIN PRIVATE KEY-----", unsigned + ".AAAA")
                .map(pasted -> KeyProof.verify(pasted, keys, expected, now.plusSeconds(600)))
                .map(KeyProof.Verdict::violations);
    }
}
