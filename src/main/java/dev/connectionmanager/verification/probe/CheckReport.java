package dev.connectionmanager.verification.probe;

import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.key.KeyObservation;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one live check of one endpoint found: codes and arguments, never sentences, so that it can be stored as JSON and
 * told in any words later.
 *
 * @param field the metadata member that was checked, such as {@code jwks_uri}
 * @param uri what it held then
 * @param at when the check began
 * @param steps on the way to the endpoint, in order; {@code CONTENT} is left out where nothing was to be sent
 * @param keys of the key set behind a {@code jwks_uri}, as far as it could be read
 */
@RecordBuilder
public record CheckReport(
        String field,
        String uri,
        Instant at,
        List<CheckStep> steps,
        EndpointObservation seen,
        List<KeyObservation> keys)
        implements CheckReportBuilder.With {
    public CheckReport {
        // Earlier versions kept which inner address a name leads to.
        boolean inner = steps.stream().anyMatch(CheckStep::leadsInside);
        steps = steps.stream().map(CheckStep::withoutInnerAddress).toList();
        seen = inner ? seen.with(shown -> shown.address(null)) : seen;
        // Reports of earlier versions were stored without.
        keys = keys == null ? List.of() : List.copyOf(keys);
    }

    /** All findings, in the order of the steps. */
    public Violations violations() {
        return new Violations(
                steps.stream().flatMap(step -> step.findings().stream()).toList());
    }

    /** The step that stopped the check, if any did. */
    public Optional<CheckStep> failed() {
        return steps.stream()
                .filter(step -> step.state() == CheckStep.State.FAILED)
                .findFirst();
    }

    /** How the endpoint took what was sent to it; empty where nothing was, or where the way to it failed. */
    public Optional<CheckStep> content() {
        return steps.stream()
                .filter(step -> step.name() == CheckStep.Name.CONTENT && step.state() != CheckStep.State.NOT_REACHED)
                .findFirst();
    }

    /** This report, in which nothing was sent, with what came of it at an earlier check. */
    public CheckReport withContentOf(CheckReport earlier) {
        var all = Stream.concat(
                        steps.stream().filter(step -> step.name() != CheckStep.Name.CONTENT),
                        earlier.content().stream())
                .toList();
        return withSteps(all);
    }

    /** Whether anything found stops a registration; warnings alone never do. */
    public boolean blocks() {
        return violations().block();
    }

    /** This report with one more finding about the content. */
    CheckReport with(Violation more) {
        var changed = steps.stream()
                .map(step -> step.name() == CheckStep.Name.CONTENT ? step.with(more) : step)
                .toList();
        return withSteps(changed);
    }
}
