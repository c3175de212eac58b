package dev.connectionmanager.session;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How long sessions last: NIST SP 800-63B section 4.2.3 has 12 hours and 30 minutes at the second assurance level. Those of
 * operators last less long, since whoever is one no more stays one here until the session ends.
 */
@Singleton
class SessionLimits {
    private final Duration absolute;
    private final Duration absoluteOfOperators;
    private final Duration idle;

    SessionLimits(
            @ConfigProperty(name = "connection-manager.session.absolute-seconds") long absoluteSeconds,
            @ConfigProperty(name = "connection-manager.session.operator-absolute-seconds") long operatorAbsoluteSeconds,
            @ConfigProperty(name = "connection-manager.session.idle-seconds") long idleSeconds) {
        absolute = Duration.ofSeconds(absoluteSeconds);
        absoluteOfOperators = Duration.ofSeconds(Math.min(absoluteSeconds, operatorAbsoluteSeconds));
        idle = Duration.ofSeconds(idleSeconds);
    }

    boolean holds(LoginSession session, Instant now) {
        return session.beganAt().isAfter(now.minus(longest(session.operator())))
                && session.seenAt().isAfter(seenBefore(now));
    }

    /** How long a session may last, however much it is used. */
    Duration longest(boolean operator) {
        return operator ? absoluteOfOperators : absolute;
    }

    /** @param seenAt when it was last noted to be used */
    SessionEnds ends(LoginSession session, Instant seenAt) {
        var latest = session.beganAt().plus(longest(session.operator()));
        var unused = seenAt.plus(idle);
        return new SessionEnds(unused.isBefore(latest) ? unused : latest, latest);
    }

    /** A write for every page would be too much: once in a tenth of the idle time, at most once a minute, is enough. */
    boolean worthNoting(LoginSession session, Instant now) {
        var step = Duration.ofMinutes(1).compareTo(idle.dividedBy(10)) < 0 ? Duration.ofMinutes(1) : idle.dividedBy(10);
        return session.seenAt().isBefore(now.minus(step));
    }

    Instant beganBefore(Instant now) {
        return now.minus(absolute);
    }

    Instant seenBefore(Instant now) {
        return now.minus(idle);
    }
}
