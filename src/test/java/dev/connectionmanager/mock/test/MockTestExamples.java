package dev.connectionmanager.mock.test;

import dev.connectionmanager.policy.Violations;
import java.util.List;
import java.util.stream.Stream;

/** What breaks the rules on tests at the mock. */
public final class MockTestExamples {
    private MockTestExamples() {}

    public static Stream<Violations> all() {
        return Stream.of(
                TestRules.check(new NewFault("rain", 0L, null)),
                TestRules.check(new KeyStep("lose")),
                TestRules.time("tomorrow"),
                TestRules.users(List.of("{\"uuid\":\"1\"}")).violations());
    }
}
