package dev.connectionmanager.mock.logout;

import dev.connectionmanager.policy.Violations;
import java.util.stream.Stream;

/** What breaks the rules on logout tokens that are asked for. */
public final class LogoutTestExamples {
    private LogoutTestExamples() {}

    public static Stream<Violations> all() {
        return Stream.of(
                LogoutTestRules.check(
                        new LogoutTestCandidate("nobody", "no session", "boredom", "nonce-wrong"), null, null),
                LogoutTestRules.check(new OpenLogout("no token", null), false));
    }
}
