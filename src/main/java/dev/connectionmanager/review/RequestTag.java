package dev.connectionmanager.review;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.review.rules.RequestState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The entity tag of a request: moves with what is asked, with the state, with the team that asks (an application can be
 * handed over), with what is taken from the application (the name where none is asked for, category and type, which end up in
 * the client ID), with what the live checks mean for it and with what is registered live; never with comments, and not with
 * a check that found no endpoint. Its parts can be told apart, so that a stale one says what has moved.
 */
record RequestTag(String request, String edition, String team, String details, String verdict, String live) {
    private static final int PARTS = 6;

    /** @param named what is asked, with the application's name where nothing was given */
    static RequestTag of(
            ProductionRequest request,
            Application application,
            Candidate named,
            Violations seen,
            Optional<RegistrationSnapshot> live) {
        var details = application.details();
        return new RequestTag(
                request.id().toString().substring(0, 8),
                Integer.toString(request.edition()),
                application.teamId().toString().substring(0, 8),
                digest(details.category().code() + " "
                        + details.applicationType().code() + " " + named.clientName()),
                request.reports().isEmpty() ? "0" : digest(seen),
                live.map(registered -> registered.registration().id().toString().substring(0, 8) + "-"
                                + registered.registration().revision())
                        .orElse("0"));
    }

    /** As in the header. */
    String text() {
        return "\"" + request + "." + edition + "." + team + "." + details + "." + verdict + "." + live + "\"";
    }

    /**
     * @throws Refusal.PreconditionRequired without {@code If-Match}, or with {@code *}
     * @throws Refusal.Stale telling what has moved since
     */
    void mustMatch(Precondition precondition, RequestState state) {
        precondition.mustMatch(text(), sent -> {
            var parts = sent.replace("\"", "").split("\\.", -1);
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
        return moved.toArray();
    }

    private static void note(List<String> moved, String sent, String now, String what) {
        if (!sent.equals(now)) {
            moved.add(what);
        }
    }

    private static String digest(Violations seen) {
        return digest(seen.all().stream()
                .map(finding -> finding.path() + " " + finding.rule().code())
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
}
