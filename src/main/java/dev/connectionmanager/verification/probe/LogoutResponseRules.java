package dev.connectionmanager.verification.probe;

import dev.connectionmanager.outbound.CallResult.Answered;
import dev.connectionmanager.outbound.CallResult.Connected;
import dev.connectionmanager.outbound.Response;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.verification.uri.ReachRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How a back-channel logout endpoint answers a request without a logout token: 400, with {@code Cache-Control:
 * no-store} (OpenID Connect Back-Channel Logout 1.0 section 2.8). Where nothing answers that could take a
 * logout token, the endpoint fails; all else is worth a warning.
 */
public final class LogoutResponseRules {
    private LogoutResponseRules() {}

    public static List<Violation> check(String path, Connected outcome) {
        if (!(outcome instanceof Answered answered)) {
            var why = ReachRules.said(ReachRules.unusable(path, outcome));
            return List.of(new Violation(path, Rule.LOGOUT_RESPONSE_UNUSABLE, why));
        }
        Response response = answered.response();
        String status = Integer.toString(response.status());
        if (response.redirects()) {
            return List.of(Violation.of(path, Rule.LOGOUT_RESPONSE_REDIRECT, status, ReachRules.target(response)));
        }
        boolean success = response.status() / 100 == 2;
        if (response.status() != 400 && !success) {
            var rule = fails(response.status()) ? Rule.LOGOUT_ENDPOINT_FAILS : Rule.LOGOUT_RESPONSE_STATUS;
            return List.of(new Violation(path, rule, ReachRules.statusAndWhen(response)));
        }
        var found = new ArrayList<Violation>();
        ReachRules.slow(path, response).ifPresent(found::add);
        if (success) {
            found.add(Violation.of(path, Rule.LOGOUT_TOKEN_NOT_REQUIRED, status));
        }
        if (!forbidsStoring(response)) {
            found.add(Violation.of(path, Rule.LOGOUT_RESPONSE_CACHEABLE));
        }
        return found;
    }

    /** Nothing is there, it takes no POST, or it is out of order: a logout token would fare no better. */
    private static boolean fails(int status) {
        return status == 404 || status == 405 || status == 410 || status >= 500;
    }

    private static boolean forbidsStoring(Response response) {
        return Stream.of(response.list("Cache-Control").split(","))
                .anyMatch(
                        directive -> directive.strip().toLowerCase(Locale.ROOT).equals("no-store"));
    }
}
