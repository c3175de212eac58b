package dev.connectionmanager.metadata;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.probe.CheckReport;
import dev.connectionmanager.verification.probe.CheckStep;
import dev.connectionmanager.verification.probe.EndpointObservation;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Live checks of endpoints that are registered already, for the catalogue of all rules. */
public final class LiveCheckExamples {
    static final Candidate REGISTERED = Candidate.EMPTY
            .withAuthentication("private_key_jwt", "RS256", "https://app.supplier.co.uk/jwks")
            .withBackchannelLogout("https://app.supplier.co.uk/logout", null);

    private LiveCheckExamples() {}

    public static Stream<Violations> all() {
        return Stream.of(LiveCheckRules.check(failed("jwks_uri"), REGISTERED, REGISTERED));
    }

    static CheckReport failed(String field) {
        var finding = Violation.of(field, Rule.DNS_FAILED, "app.supplier.co.uk", "not-found");
        var warning = Violation.of(field, Rule.JWKS_KID_ABSENT, "1");
        var steps = List.of(
                new CheckStep(CheckStep.Name.DNS, CheckStep.State.FAILED, List.of(finding)),
                new CheckStep(CheckStep.Name.CONTENT, CheckStep.State.PASSED, List.of(warning)));
        return new CheckReport(
                field, "https://app.supplier.co.uk/x", Instant.EPOCH, steps, EndpointObservation.NOTHING, List.of());
    }
}
