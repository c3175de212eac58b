package dev.connectionmanager.mock.client;

import dev.connectionmanager.metadata.CandidateBuilder;
import dev.connectionmanager.policy.RuleExamples;
import dev.connectionmanager.policy.Violations;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What breaks the rules that only clients of the mock have. */
public final class MockClientExamples {
    private MockClientExamples() {}

    public static Stream<Violations> all() {
        var withoutKeys = CandidateBuilder.builder()
                .redirectUris(List.of("https://app.supplier.co.uk/callback"))
                .tokenEndpointAuthMethod("private_key_jwt")
                .build();
        return Stream.of(
                OpenClientRules.judge(withoutKeys, null, RuleExamples.INTEGRATION, guids -> Set.of())
                        .found(),
                LocalAddressRules.check(
                        new LocalAddressCandidate(List.of("http://192.168.0.7:3000/callback"), null, null)));
    }
}
