package dev.connectionmanager.review.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.wording.RuleSentences;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every state × every act × every role, against {@code review/transitions.tsv}. */
class TransitionRulesTest {
    private static final UUID TEAM = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();
    /** Had the application before it was handed over. */
    private static final UUID FORMER = UUID.randomUUID();

    private static final List<String> ROLES = List.of(
            "outsider",
            "other-owner",
            "viewer",
            "admin",
            "owner",
            "read-credential",
            "write-credential",
            "operator",
            "operator-and-viewer",
            "operator-and-admin",
            "operator-with-a-hand",
            "operator-of-former-team",
            "portal");

    /** The index that lets an application have one open request cannot ask {@link RequestState#open()}. */
    @Test
    void theDatabaseCallsTheSameStatesOpen() throws IOException {
        var states = new TreeSet<String>();
        try (var migrations = Files.list(Path.of("db-migrations"))) {
            for (var migration : migrations.toList()) {
                Pattern.compile("create unique index production_request_open_once[^;]+ where state in \\(([^)]+)\\)")
                        .matcher(Files.readString(migration).replaceAll("\\s+", " "))
                        .results()
                        .flatMap(found ->
                                Stream.of(found.group(1).replace("'", "").split(", ")))
                        .forEach(states::add);
            }
        }
        assertThat(states)
                .containsExactlyInAnyOrderElementsOf(Stream.of(RequestState.values())
                        .filter(RequestState::open)
                        .map(RequestState::name)
                        .toList());
    }

    @Test
    void everyStateActAndRoleGoesAsTheTableSays() throws IOException {
        var actual = new ArrayList<String>();
        for (var state : RequestState.values()) {
            for (var act : RequestAct.values()) {
                var row = new StringBuilder(state.code() + "\t" + act.code());
                for (var role : ROLES) {
                    row.append('\t').append(outcome(state, act, actor(role)));
                }
                actual.add(row.toString());
            }
        }
        try (var in = TransitionRulesTest.class.getResourceAsStream("/review/transitions.tsv")) {
            var expected = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            assertThat(String.join("\n", actual)).isEqualTo(String.join("\n", expected));
        }
    }

    private static String outcome(RequestState state, RequestAct act, Actor actor) {
        try {
            TransitionRules.mustBeAllowed(act, actor, TEAM);
            var after = TransitionRules.requireTransition(state, act);
            if (act.decides()) {
                TransitionRules.requireFourEyes(actor, Set.of("hand"), Set.of(FORMER, TEAM));
            }
            return after.code();
        } catch (Refusal.NotFound e) {
            return "404";
        } catch (Refusal.NotAllowed e) {
            return "403";
        } catch (Refusal.Conflict e) {
            return "409";
        }
    }

    private static Actor actor(String role) {
        return switch (role) {
            case "outsider" -> person(false, Map.of());
            case "other-owner" -> person(false, Map.of(OTHER, Role.OWNER));
            case "operator" -> person(true, Map.of());
            case "operator-with-a-hand" -> Actor.person("hand", "", "Someone", true, Map.of());
            case "operator-of-former-team" -> person(true, Map.of(FORMER, Role.VIEWER));
            case "operator-and-viewer" -> person(true, Map.of(TEAM, Role.VIEWER));
            case "operator-and-admin" -> person(true, Map.of(TEAM, Role.ADMIN));
            case "read-credential" -> credential(Role.VIEWER);
            case "write-credential" -> credential(Role.ADMIN);
            case "portal" -> Actor.portal();
            default -> person(false, Map.of(TEAM, Role.valueOf(role.toUpperCase(Locale.ROOT))));
        };
    }

    private static Actor person(boolean operator, Map<UUID, Role> roles) {
        return Actor.person("someone", "", "Someone", operator, roles);
    }

    private static Actor credential(Role role) {
        return new Actor("credential", "", "Pipeline", false, Map.of(TEAM, role), Actor.Kind.CREDENTIAL, "someone");
    }

    @Test
    void nobodyDecidesWhoHadAHandInIt() {
        var operator = person(true, Map.of());
        TransitionRules.requireFourEyes(operator, Set.of("somebody else"), Set.of(TEAM));
        assertThatThrownBy(() -> TransitionRules.requireFourEyes(operator, Set.of("someone"), Set.of(TEAM)))
                .isInstanceOf(Refusal.NotAllowed.class);
    }

    @Test
    void nobodyDecidesForATeamOfTheirOwn() {
        var viewer = person(true, Map.of(OTHER, Role.OWNER, TEAM, Role.VIEWER));
        assertThatThrownBy(() -> TransitionRules.requireFourEyes(viewer, Set.of(), Set.of(TEAM)))
                .isInstanceOf(Refusal.NotAllowed.class);
    }

    /** What to do instead, without a word that only programs know. */
    @Test
    void saysWhatToDoInsteadInEveryState() {
        for (var state : RequestState.values()) {
            for (var act : RequestAct.values()) {
                if (TransitionRules.after(state, act).isEmpty()) {
                    assertThatThrownBy(() -> TransitionRules.requireTransition(state, act))
                            .isInstanceOfSatisfying(
                                    Refusal.Conflict.class, refusal -> assertThat(RuleSentences.of(refusal))
                                            .doesNotContain("'", "‘", "-")
                                            .matches(".*(another one|once).*"));
                }
            }
        }
    }

    @Test
    void saysWhatIsLackingForAnAct() {
        var viewer = person(false, Map.of(TEAM, Role.VIEWER));
        var colleague = person(true, Map.of(TEAM, Role.ADMIN));
        assertThat(refusal(RequestAct.APPROVE, viewer)).isEqualTo(Reason.OPERATOR_NEEDED);
        assertThat(refusal(RequestAct.APPROVE, colleague)).isEqualTo(Reason.REQUEST_OF_OWN_TEAM);
        assertThat(refusal(RequestAct.APPROVE, credential(Role.ADMIN))).isEqualTo(Reason.OPERATOR_NEEDED);
        assertThat(refusal(RequestAct.EDIT, viewer)).isEqualTo(Reason.ROLE_NEEDED);
        assertThat(refusal(RequestAct.COMMENT, viewer)).isEqualTo(Reason.ROLE_NEEDED);
        assertThat(refusal(RequestAct.EDIT, credential(Role.VIEWER))).isEqualTo(Reason.SCOPE_READ);
    }

    private static Reason refusal(RequestAct act, Actor actor) {
        return catchThrowableOfType(Refusal.NotAllowed.class, () -> TransitionRules.mustBeAllowed(act, actor, TEAM))
                .reason();
    }

    @Test
    void endedRequestsStayEnded() {
        for (var state : List.of(RequestState.APPROVED, RequestState.REJECTED, RequestState.WITHDRAWN)) {
            for (var act : RequestAct.values()) {
                assertThat(TransitionRules.after(state, act))
                        .isIn(java.util.Optional.empty(), java.util.Optional.of(state));
            }
        }
    }
}
