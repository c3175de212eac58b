package dev.connectionmanager.web.journey;

import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientMember;
import dev.connectionmanager.metadata.TokenEndpointAuthMethod;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.web.form.PastedText;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Objects;

/** What the question pages send. Values are taken as typed. */
public record JourneyForm(MultivaluedMap<String, String> fields) {

    /** @throws Refusal.Stale when somebody else has answered this question since the page was opened */
    public Candidate onto(JourneyStep step, Candidate c) {
        var typed = typed(step, c);
        var read = text("tag");
        if (read != null && !read.equals(step.tag(c)) && !typed.equals(c)) {
            throw new Refusal.Stale();
        }
        return typed;
    }

    /** What the form holds, whatever is there now. */
    Candidate typed(JourneyStep step, Candidate c) {
        var typed = c;
        for (var member : step.members()) {
            typed = member.with(typed, value(member));
        }
        return step == JourneyStep.AUTHENTICATION ? authenticatedAnew(c, typed) : typed;
    }

    /** Another method begins anew: a key set or an algorithm of the one before would stay without being asked for. */
    private static Candidate authenticatedAnew(Candidate before, Candidate typed) {
        var method = typed.tokenEndpointAuthMethod();
        return Objects.equals(method, before.tokenEndpointAuthMethod())
                ? typed
                : typed.withAuthentication(method, null, usesSecret(method) ? null : typed.jwksUri());
    }

    /**
     * A choice of "none", or an optional box left empty, is sent as an empty value: the member is absent. A list has one
     * value a line.
     */
    private Object value(ClientMember member) {
        var sent = fields.getOrDefault(member.code(), List.of());
        var first = sent.isEmpty() ? null : sent.get(0);
        return switch (member.type()) {
            case NAME -> first;
            case CODE, URI -> first == null || first.isEmpty() ? null : first;
            case URIS ->
                sent.stream().flatMap(box -> PastedText.lines(box).stream()).toList();
            case FLAG -> pressed(member.code()) ? Boolean.TRUE : null;
        };
    }

    private static boolean usesSecret(String method) {
        return TokenEndpointAuthMethod.ofCode(method)
                .filter(TokenEndpointAuthMethod::usesSecret)
                .isPresent();
    }

    /** Whether a button of this name was pressed, or a box ticked. */
    public boolean pressed(String button) {
        return fields.containsKey(button);
    }

    String text(String name) {
        return fields.getFirst(name);
    }
}
