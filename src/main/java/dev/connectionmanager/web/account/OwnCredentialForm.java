package dev.connectionmanager.web.account;

import dev.connectionmanager.credential.ApiCredentialCandidate;
import dev.connectionmanager.credential.ApiCredentialRules;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.Radios;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The page on which an operator asks for an API credential that reads the audit trail.
 *
 * @param life how many days are chosen
 * @param found what is wrong with it; empty before it is sent
 */
record OwnCredentialForm(String name, String life, Violations found) {
    private static final List<Life> LIVES =
            List.of(new Life("7", "7 days"), new Life("30", "30 days"), new Life("90", "90 days"));

    static OwnCredentialForm empty() {
        return new OwnCredentialForm("", "30", Violations.NONE);
    }

    static OwnCredentialForm typed(MultivaluedMap<String, String> fields, Violations found) {
        return new OwnCredentialForm(
                Objects.requireNonNullElse(fields.getFirst("name"), ""),
                Objects.requireNonNullElse(fields.getFirst("expires_at"), ""),
                found);
    }

    ApiCredentialCandidate candidate(Instant now) {
        var end = LIVES.stream().anyMatch(choice -> choice.value.equals(life))
                ? now.plus(Duration.ofDays(Long.parseLong(life))).toString()
                : life;
        return new ApiCredentialCandidate(name, ApiCredentialRules.AUDIT_READ, end);
    }

    public FormErrors errors() {
        return FormErrors.of(found);
    }

    public boolean isLife(String value) {
        return value.equals(life);
    }

    public List<Life> lives() {
        return LIVES;
    }

    public String radioId(int index) {
        return Radios.id("expires_at", index);
    }

    /** How long a credential may live, to choose from. */
    record Life(String value, String label) {}
}
