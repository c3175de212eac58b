package dev.connectionmanager.verification.probe;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import java.util.List;
import java.util.stream.Stream;

/**
 * One step on the way to an endpoint.
 *
 * @param findings of this step; those of a step that passed are warnings
 */
public record CheckStep(Name name, State state, List<Violation> findings) {
    public CheckStep {
        findings = new Violations(findings).all();
    }

    /** In the order of the way. */
    public enum Name {
        DNS,
        CONNECTION,
        TLS,
        CERTIFICATE,
        NAME,
        CHAIN,
        CONTENT;

        /** The step that a finding about TLS belongs to. */
        static Name of(Rule rule) {
            return switch (rule) {
                case TLS_FAILED,
                        TLS_VERSION_TOO_OLD,
                        TLS_CIPHER_WEAK,
                        TLS_CLIENT_CERTIFICATE_REQUIRED,
                        TLS_CLIENT_CERTIFICATE_ASKED -> TLS;
                case CERTIFICATE_NAME_MISMATCH, CERTIFICATE_WILDCARD_TOO_WIDE, CERTIFICATE_WILDCARD_SHARED -> NAME;
                case CERTIFICATE_SELF_SIGNED,
                        CERTIFICATE_CHAIN_INCOMPLETE,
                        CERTIFICATE_ROOT_NOT_PUBLIC,
                        CERTIFICATE_SIGNATURE_INVALID,
                        CERTIFICATE_ISSUER_NOT_ALLOWED,
                        CERTIFICATE_NAME_NOT_PERMITTED,
                        CERTIFICATE_POLICY_MISSING,
                        CERTIFICATE_CHAIN_TOO_COMPLEX,
                        CERTIFICATE_EXTRA,
                        CERTIFICATE_MISORDERED -> CHAIN;
                default -> CERTIFICATE;
            };
        }
    }

    /** How it went. */
    public enum State {
        PASSED,
        FAILED,
        NOT_REACHED
    }

    static CheckStep of(Name name, List<Violation> findings) {
        boolean failed = findings.stream().anyMatch(Violation::blocks);
        return new CheckStep(name, failed ? State.FAILED : State.PASSED, findings);
    }

    static CheckStep notReached(Name name) {
        return new CheckStep(name, State.NOT_REACHED, List.of());
    }

    boolean leadsInside() {
        return findings.stream().anyMatch(found -> found.rule() == Rule.ADDRESS_NOT_PUBLIC);
    }

    CheckStep withoutInnerAddress() {
        return leadsInside()
                ? new CheckStep(
                        name,
                        state,
                        findings.stream()
                                .map(found -> found.rule() == Rule.ADDRESS_NOT_PUBLIC
                                        ? Violation.of(
                                                found.path(),
                                                found.rule(),
                                                found.arguments().get(0))
                                        : found)
                                .toList())
                : this;
    }

    CheckStep with(Violation more) {
        return of(name, Stream.concat(findings.stream(), Stream.of(more)).toList());
    }
}
