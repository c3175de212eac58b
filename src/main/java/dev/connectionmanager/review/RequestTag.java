package dev.connectionmanager.review;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.review.rules.Risk;
import dev.connectionmanager.team.Team;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The entity tag of a request: moves with all that the request shows. That is what is asked and the state; the team that asks (an
 * application can be handed over); what is taken from application and team (their names, and category and type, which end up in
 * the client ID); what rules and live checks say of it; what is registered live; and what it is compared with, which the risks
 * rest on. Comments, notes, the assignee, the reports themselves and readiness have addresses of their own and do not move it.
 * Its parts can be told apart, so that a stale one says what has moved.
 */
record RequestTag(
        String request, String edition, String team, String details, String verdict, String live, String compared) {
    private static final int PARTS = 7;

    static RequestTag of(ProductionRequest request, Application application, Shown shown) {
        var details = application.details();
        return new RequestTag(
                request.id().toString().substring(0, 8),
                Integer.toString(request.edition()),
                application.teamId().toString().substring(0, 8),
                digest(details.category().code() + " "
                        + details.applicationType().code() + " "
                        + shown.asked().clientName() + "\n" + details.name() + "\n"
                        + shown.team().name()),
                (request.reports().isEmpty() ? "0" : "1") + digest(shown.found()),
                shown.live()
                                .map(registered -> registered
                                                .registration()
                                                .id()
                                                .toString()
                                                .substring(0, 8) + "-"
                                        + registered.registration().revision())
                                .orElse("0")
                        + (shown.secretWaits() ? "-secret" : ""),
                digest(shown.compared() + "\n" + shown.risks() + "\n" + request.risk()));
    }

    /** One that {@link #text} has written. */
    static RequestTag read(String text) {
        var parts = parts(text);
        return new RequestTag(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6]);
    }

    private static String[] parts(String text) {
        return text.replace("\"", "").split("\\.", -1);
    }

    /** As in the header. */
    String text() {
        return "\"" + String.join(".", request, edition, team, details, verdict, live, compared) + "\"";
    }

    /**
     * @throws Refusal.PreconditionRequired without {@code If-Match}, or with {@code *}
     * @throws Refusal.Stale telling what has moved since
     */
    void mustMatch(Precondition precondition, RequestState state) {
        precondition.mustMatch(text(), sent -> {
            var parts = parts(sent);
            if (parts.length == PARTS && parts[0].equals(request) && !sent.equals(text())) {
                throw new Refusal.Stale(moved(parts, state));
            }
            return false;
        });
    }

    /** The codes of the parts that have moved. */
    private Object[] moved(String[] parts, RequestState state) {
        var moved = new ArrayList<String>();
        note(moved, parts[1], edition, "request." + state.code());
        note(moved, parts[2], team, "team");
        note(moved, parts[3], details, "details");
        note(moved, parts[4], verdict, "checks");
        note(moved, parts[5], live, "live");
        note(moved, parts[6], compared, "compared");
        return moved.toArray();
    }

    private static void note(List<String> moved, String sent, String now, String what) {
        if (!sent.equals(now)) {
            moved.add(what);
        }
    }

    private static String digest(Violations seen) {
        return digest(seen.all().stream()
                .map(finding -> finding.path() + " " + finding.rule().code() + " " + finding.arguments())
                .distinct()
                .sorted()
                .collect(Collectors.joining("\n")));
    }

    private static String digest(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What a request shows beside what it holds itself.
     *
     * @param asked with the application's name where nothing was given
     * @param found by rules and live checks
     */
    record Shown(
            Team team,
            Candidate asked,
            Violations found,
            Optional<RegistrationSnapshot> live,
            boolean secretWaits,
            Baseline compared,
            List<Risk> risks) {}
}
