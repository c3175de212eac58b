package dev.connectionmanager.web.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.mock.log.Check;
import dev.connectionmanager.mock.log.LoggedExchange;
import dev.connectionmanager.mock.log.SeenCheck;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.registration.RegistrationSnapshot;
import java.time.Instant;
import java.util.List;

/**
 * What the mock saw of a client, as a file to hand in.
 *
 * @param issuer of the mock
 * @param seen in all that is kept
 * @param latest the latest requests
 */
record Evidence(
        RegistrationSnapshot registered, String issuer, List<SeenCheck> seen, Page<LoggedExchange> latest, Instant at) {
    /** Of the client and the day. */
    String fileName() {
        return "log-ins-" + registered.registration().clientId() + "-"
                + at.toString().substring(0, 10) + ".json";
    }

    /** With the words of checks, and without what was sent. */
    String json() {
        var file = StoredJson.mapper().createObjectNode();
        file.put("seen_by", issuer)
                .put("written_at", at.toString())
                .put("application", registered.application().details().name())
                .put("environment", registered.registration().environment())
                .put("client_id", registered.registration().clientId());
        var checks = file.putArray("checks");
        seen.forEach(one -> add(checks.addObject(), one));
        var requests = file.putArray("requests");
        latest.items().forEach(one -> add(requests.addObject(), one));
        return file.put("has_older_requests", latest.nextCursor() != null).toPrettyString();
    }

    private static void add(ObjectNode check, SeenCheck one) {
        check.put("endpoint", one.endpoint().code())
                .put("check", one.name())
                .put("passed", one.passed())
                .put("last_passed", text(one.lastPassed()))
                .put("failed", one.failed())
                .put("last_failed", text(one.lastFailed()));
    }

    private static void add(ObjectNode request, LoggedExchange one) {
        request.put("time", one.madeAt().toString())
                .put("endpoint", one.endpoint().code())
                .put("outcome", one.passed() ? "granted" : "refused")
                .put("user", one.detail().user())
                .put("fault", one.detail().fault());
        var checks = request.putArray("checks");
        for (Check check : one.detail().checks()) {
            checks.addObject()
                    .put("check", check.name())
                    .put("verdict", check.verdict().code())
                    .put("detail", check.words());
        }
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }
}
