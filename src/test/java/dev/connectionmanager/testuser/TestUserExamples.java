package dev.connectionmanager.testuser;

import dev.connectionmanager.policy.RuleExamples;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.testing.Api;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Test users of the first team, and what breaks the rules on them. */
public final class TestUserExamples {
    static final TestUserCandidate GOOD =
            new TestUserCandidate("integration", "555212345678", List.of("R8015"), "Leeds", List.of("security-key"));

    private static final String TEAM = "/api/v1/teams/" + Api.FIRST_TEAM;

    private TestUserExamples() {}

    /** 12 digits as they are usual in Integration. */
    public static String uuid() {
        return "5552" + ThreadLocalRandom.current().nextLong(10_000_000, 100_000_000);
    }

    /** @return the path of a new one in Integration */
    public static String user() {
        return Api.as("owner")
                .post(TEAM + "/test-users", Map.of("environment", "integration", "uuid", uuid()))
                .header("Location");
    }

    /** @return the path of a new request */
    public static String request() {
        return Api.as("owner")
                .post(
                        TEAM + "/test-user-requests",
                        Map.of("environment", "integration", "number", 1, "organisation", "A9A5A"))
                .header("Location");
    }

    public static String idOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    public static Stream<Violations> all() {
        return Stream.concat(
                Stream.of(
                                GOOD.withUuid("12345"),
                                GOOD.withUuid("123456789012"),
                                GOOD.withHolder("two\nlines"),
                                GOOD.withRoles(Collections.nCopies(21, "R8015")),
                                GOOD.withRoles(List.of("8015")),
                                GOOD.withAuthenticators(List.of("password")))
                        .map(one -> TestUserRules.check(one, Optional.of(RuleExamples.INTEGRATION))),
                Stream.of(
                        TestUserRules.check(GOOD, Optional.empty()),
                        TestUserRules.check(
                                new TestUserRequestCandidate(
                                        "integration", 51L, "a9", List.of(), false, "x".repeat(1_001)),
                                Optional.of(RuleExamples.INTEGRATION))));
    }
}
