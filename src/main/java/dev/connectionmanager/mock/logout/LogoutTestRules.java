package dev.connectionmanager.mock.logout;

import dev.connectionmanager.mock.fault.Fault;
import dev.connectionmanager.mock.fault.Point;
import dev.connectionmanager.mock.user.MockUser;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules on a logout token that is asked for. */
final class LogoutTestRules {
    private LogoutTestRules() {}

    /**
     * @param user of that name; {@code null} = there is none, or none was named
     * @param owner of the session of that name, which is alive and was used at the client; {@code null} = there is no such session,
     *     or none was named
     */
    static Violations check(LogoutTestCandidate candidate, MockUser user, String owner) {
        var found = new Violations.Collector();
        if (candidate.user() != null && user == null) {
            found.add("user", Rule.LOGOUT_USER_UNKNOWN);
        }
        if (candidate.sid() != null && (owner == null || user != null && !owner.equals(user.uuid()))) {
            found.add("sid", Rule.LOGOUT_SESSION_UNKNOWN);
        }
        if (candidate.reason() != null
                && LogoutReason.ofCode(candidate.reason()).isEmpty()) {
            found.add("reason", Rule.LOGOUT_REASON_UNKNOWN);
        }
        if (candidate.fault() != null && fault(candidate.fault()).isEmpty()) {
            found.add("fault", Rule.FAULT_UNKNOWN);
        }
        return found.violations();
    }

    /** @param known whether the ID token is of a session, ended or not */
    static Violations check(OpenLogout sent, boolean known) {
        var found = new Violations.Collector();
        if (!known) {
            found.add("id_token", Rule.ID_TOKEN_OF_NO_SESSION);
        }
        if (sent.fault() != null && fault(sent.fault()).isEmpty()) {
            found.add("fault", Rule.FAULT_UNKNOWN);
        }
        return found.violations();
    }

    static Optional<Fault> fault(String code) {
        return Optional.ofNullable(code).flatMap(Fault::ofCode).filter(LogoutTestRules::isOfTokens);
    }

    /** What can be wrong with a logout token. */
    static List<Fault> faults() {
        return Stream.of(Fault.values()).filter(LogoutTestRules::isOfTokens).toList();
    }

    private static boolean isOfTokens(Fault fault) {
        return fault.point() == Point.LOGOUT_TOKEN;
    }
}
