package dev.connectionmanager.web.team;

import com.google.common.primitives.Longs;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.token.InitialAccessTokenCandidate;
import dev.connectionmanager.registration.token.InitialAccessTokenRules;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.Radios;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The page on which an initial access token is asked for.
 *
 * @param life which of {@link #LIVES} is chosen
 * @param uses as typed
 * @param found what is wrong with it; empty before it is sent
 */
record InitialAccessTokenForm(
        Team team, List<Environment> environments, String environment, String life, String uses, Violations found) {
    private static final List<Life> LIVES = List.of(
            new Life("1", "1 day"), new Life("7", "7 days"), new Life("30", "30 days"), new Life("90", "90 days"));

    static InitialAccessTokenForm empty(Team team, List<Environment> environments) {
        return new InitialAccessTokenForm(
                team,
                environments,
                "",
                Long.toString(InitialAccessTokenRules.DEFAULT_LIFE.toDays()),
                "1",
                Violations.NONE);
    }

    static InitialAccessTokenForm typed(
            Team team, List<Environment> environments, MultivaluedMap<String, String> fields, Violations found) {
        return new InitialAccessTokenForm(
                team,
                environments,
                sent(fields, "environment"),
                sent(fields, "expires_at"),
                sent(fields, "uses"),
                found);
    }

    private static String sent(MultivaluedMap<String, String> fields, String name) {
        return Objects.requireNonNullElse(fields.getFirst(name), "");
    }

    /** What is no whole number is no number of clients. */
    InitialAccessTokenCandidate candidate(Instant now) {
        return new InitialAccessTokenCandidate(
                environment, end(now), Objects.requireNonNullElse(Longs.tryParse(uses.strip()), 0L));
    }

    private String end(Instant now) {
        return LIVES.stream().anyMatch(choice -> choice.value.equals(life))
                ? now.plus(Duration.ofDays(Long.parseLong(life))).toString()
                : life;
    }

    public FormErrors errors() {
        return FormErrors.of(found);
    }

    public List<Life> lives() {
        return LIVES;
    }

    public String environmentId(int index) {
        return Radios.id("environment", index);
    }

    public String lifeId(int index) {
        return Radios.id("expires_at", index);
    }

    /** How long a token may live, to choose from. */
    record Life(String value, String label) {}
}
