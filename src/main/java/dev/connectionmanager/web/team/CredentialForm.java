package dev.connectionmanager.web.team;

import dev.connectionmanager.credential.ApiCredentialCandidate;
import dev.connectionmanager.credential.ApiCredentialRules;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.Radios;
import io.soabase.recordbuilder.core.RecordBuilder;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The page on which an API credential is asked for.
 *
 * @param life which of {@link #LIVES} is chosen
 * @param found what is wrong with it; empty before it is sent
 */
@RecordBuilder
record CredentialForm(Team team, ApiCredentialCandidate typed, String life, Violations found)
        implements CredentialFormBuilder.With {
    static final List<Life> LIVES = List.of(
            new Life("30", "30 days"),
            new Life(Long.toString(ApiCredentialRules.DEFAULT_LIFE.toDays()), "90 days"),
            new Life("180", "180 days"),
            new Life("year", "1 year"));

    static CredentialForm empty(Team team) {
        return new CredentialForm(
                team, new ApiCredentialCandidate("", null, null), LIVES.get(1).value(), Violations.NONE);
    }

    static CredentialForm typed(Team team, MultivaluedMap<String, String> fields, Instant now) {
        var life = Objects.requireNonNullElse(fields.getFirst("expires_at"), "");
        return new CredentialForm(
                team,
                new ApiCredentialCandidate(fields.getFirst("name"), fields.getFirst("scope"), end(life, now)),
                life,
                Violations.NONE);
    }

    private static String end(String life, Instant now) {
        if (life.equals("year")) {
            return ApiCredentialRules.latestExpiry(now).toString();
        }
        return LIVES.stream().anyMatch(choice -> choice.value.equals(life))
                ? now.plus(Duration.ofDays(Long.parseLong(life))).toString()
                : life;
    }

    public FormErrors errors() {
        return FormErrors.of(found);
    }

    public String name() {
        return Objects.requireNonNullElse(typed.name(), "");
    }

    public boolean isScope(String code) {
        return code.equals(typed.scope());
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
