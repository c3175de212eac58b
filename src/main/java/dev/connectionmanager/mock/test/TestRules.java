package dev.connectionmanager.mock.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.mock.fault.Fault;
import dev.connectionmanager.mock.user.MockUser;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules on what tests are told. */
public final class TestRules {
    private static final Set<String> STEPS = Set.of("publish", "use", "withdraw");
    private static final int MOST_TIMES = 10_000;
    private static final Pattern UUID = Pattern.compile("[0-9]{12}");
    private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._-]{0,49}");
    private static final int LONGEST_NAME = 100;

    private TestRules() {}

    public static Violations check(NewFault fault) {
        var found = new Violations.Collector();
        if (fault.name() == null || Fault.ofCode(fault.name()).isEmpty()) {
            found.add("name", Rule.FAULT_UNKNOWN);
        }
        if (fault.times() != null && (fault.times() < 1 || fault.times() > MOST_TIMES)) {
            found.add("times", Rule.FAULT_TIMES_OUT_OF_RANGE);
        }
        return found.violations();
    }

    public static Violations check(KeyStep step) {
        var found = new Violations.Collector();
        if (step.step() == null || !STEPS.contains(step.step())) {
            found.add("step", Rule.KEY_STEP_INVALID);
        }
        return found.violations();
    }

    public static Violations time(String time) {
        var found = new Violations.Collector();
        if (timeOf(time).isEmpty()) {
            found.add("time", Rule.CLOCK_TIME_INVALID);
        }
        return found.violations();
    }

    /** @return empty for what is no time, or lies beyond what tokens can tell */
    static Optional<Instant> timeOf(String time) {
        try {
            var instant = OffsetDateTime.parse(time == null ? "" : time).toInstant();
            return instant.isBefore(Instant.EPOCH) || instant.isAfter(Instant.parse("9999-12-31T00:00:00Z"))
                    ? Optional.empty()
                    : Optional.of(instant);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** @param documents each in JSON */
    public static Parsed<List<MockUser>> users(List<String> documents) {
        var found = new Violations.Collector();
        var users = new ArrayList<MockUser>();
        var names = new HashSet<String>();
        for (int i = 0; i < documents.size(); i++) {
            var user = user(documents.get(i));
            if (user.isEmpty()
                    || !names.add(user.get().uuid())
                    || !names.add(user.get().login())) {
                found.add("items/" + i, Rule.MOCK_USER_INVALID);
            } else {
                users.add(user.get());
            }
        }
        return new Parsed<>(users, found.violations());
    }

    private static Optional<MockUser> user(String document) {
        try {
            return Optional.of(StoredJson.mapper().readValue(document, MockUser.class))
                    .filter(TestRules::isWhole);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static boolean isWhole(MockUser user) {
        return matches(UUID, user.uuid())
                && matches(LOGIN, user.login())
                && isName(user.givenName())
                && isName(user.familyName())
                && isLevel(user.idAssuranceLevel())
                && isLevel(user.authenticationAssuranceLevel())
                && isName(user.authenticator());
    }

    private static boolean matches(Pattern pattern, String text) {
        return text != null && pattern.matcher(text).matches();
    }

    private static boolean isName(String text) {
        return text != null && !text.isBlank() && text.length() <= LONGEST_NAME && text.indexOf('\0') < 0;
    }

    private static boolean isLevel(int level) {
        return level >= 1 && level <= 3;
    }
}
