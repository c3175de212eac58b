package dev.connectionmanager.web.testuser;

import dev.connectionmanager.team.Team;
import dev.connectionmanager.testuser.Authenticator;
import dev.connectionmanager.testuser.TestUser;
import dev.connectionmanager.testuser.TestUserCandidate;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.PastedText;
import dev.connectionmanager.web.form.Radios;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The page on which a test user is noted.
 *
 * @param user what is there; {@code null} for a new one
 * @param errors what is wrong with what was typed
 */
record TestUserForm(
        Team team, TestUser user, TestUserCandidate typed, List<EnvironmentChoice> environments, FormErrors errors) {
    static TestUserCandidate typed(MultivaluedMap<String, String> fields) {
        return new TestUserCandidate(
                fields.getFirst("environment"),
                fields.getFirst("uuid"),
                codes(fields.getFirst("roles")),
                text(fields.getFirst("holder")),
                Objects.requireNonNullElse(fields.get("authenticators"), List.of()));
    }

    /** One a line, or with commas or spaces between. */
    static List<String> codes(String box) {
        return PastedText.lines(Objects.requireNonNullElse(box, "").replaceAll("[,;\\s]+", "\n"));
    }

    static String text(String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }

    public String base() {
        return "/teams/" + team.id() + "/test-users";
    }

    public String action() {
        return base() + "/" + (user == null ? "new" : user.id());
    }

    public String uuid() {
        return Objects.requireNonNullElse(typed.uuid(), "");
    }

    public String holder() {
        return Objects.requireNonNullElse(typed.holder(), "");
    }

    public String roles() {
        return String.join("\n", typed.roles());
    }

    public boolean in(EnvironmentChoice environment) {
        return environment.id().equals(typed.environment());
    }

    public String radioId(int index) {
        return Radios.id("environment", index);
    }

    public List<AuthenticatorBox> authenticators() {
        return Stream.of(Authenticator.values())
                .map(one -> new AuthenticatorBox(
                        one.code(),
                        AuthenticatorPages.Advice.of(one).name() + ", AAL" + one.level(),
                        typed.authenticators().contains(one.code())))
                .toList();
    }

    /** One that can be ticked. */
    record AuthenticatorBox(String code, String label, boolean ticked) {}
}
