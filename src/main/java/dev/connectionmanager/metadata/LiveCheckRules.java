package dev.connectionmanager.metadata;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.probe.CheckReport;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a live check means for a registration. A fault blocks where the endpoint, or how its keys are used, is new; a
 * fault of what is registered already must not keep a team from changing something else.
 */
public final class LiveCheckRules {
    private LiveCheckRules() {}

    /** @param before what is registered; {@link Candidate#EMPTY} where nothing is */
    static Violations check(CheckReport report, Candidate candidate, Candidate before) {
        if (ClientEndpoint.changed(report.field(), candidate, before)) {
            return report.violations();
        }
        return new Violations(report.violations().all().stream()
                .map(found -> found.blocks()
                        ? new Violation(found.path(), Rule.REGISTERED_ENDPOINT_FAILS, said(found))
                        : found)
                .toList());
    }

    /** What several reports mean for it together. */
    public static Violations check(List<CheckReport> reports, Candidate candidate, Candidate before) {
        return reports.stream()
                .map(report -> check(report, candidate, before))
                .reduce(Violations.NONE, Violations::and);
    }

    /** The rule's code, and what its sentence names. */
    private static List<String> said(Violation found) {
        return Stream.concat(Stream.of(found.rule().code()), found.arguments().stream())
                .toList();
    }
}
