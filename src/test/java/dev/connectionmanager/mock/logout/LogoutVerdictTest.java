package dev.connectionmanager.mock.logout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.mock.fault.Fault;
import dev.connectionmanager.mock.fault.Point;
import dev.connectionmanager.policy.Violations;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogoutVerdictTest {
    @ParameterizedTest(name = "{0}, session required: {1}, answered {2}")
    @CsvSource({
        // A good token.
        ", true, 200, accepted, true, false",
        ", false, 204, accepted, true, false",
        ", true, 400, refused, false, false",
        ", true, 201, other-status, false, true",
        ", true, 302, other-status, false, true",
        ", true, 404, other-status, false, true",
        ", true, 429, other-status, false, true",
        ", true, 503, other-status, false, true",
        // One that is bad on purpose.
        "LOGOUT_EXPIRED, true, 400, bad-refused, true, false",
        "LOGOUT_EXPIRED, false, 200, bad-accepted, false, false",
        "LOGOUT_NONCE, true, 204, bad-accepted, false, false",
        "LOGOUT_REPLAYED, true, 400, bad-refused, true, false",
        "LOGOUT_ALG_NONE, true, 401, other-status, false, true",
        "LOGOUT_ALG_NONE, true, 500, other-status, false, true",
        // Without a session it is bad for those alone who need one.
        "LOGOUT_WITHOUT_SID, true, 200, bad-accepted, false, false",
        "LOGOUT_WITHOUT_SID, true, 400, bad-refused, true, false",
        "LOGOUT_WITHOUT_SID, false, 200, accepted, true, false",
        "LOGOUT_WITHOUT_SID, false, 400, refused, false, false"
    })
    void judgesByWhatWasSentAndWhatWasAnswered(
            Fault fault, boolean sessionRequired, int status, String code, boolean passed, boolean again) {
        var verdict = LogoutVerdict.of(LogoutVerdict.isBad(fault, sessionRequired), status);
        assertThat(verdict.code()).isEqualTo(code);
        assertThat(verdict.passed()).isEqualTo(passed);
        assertThat(verdict.again()).isEqualTo(again);
    }

    @Test
    void saysOfEachBadTokenThatWasTakenWhatAGoodClientDoes() {
        Stream.of(Fault.values())
                .filter(fault -> fault.point() == Point.LOGOUT_TOKEN)
                .forEach(fault ->
                        assertThat(LogoutVerdict.BAD_ACCEPTED.sentence(fault)).endsWith(fault.goodClient()));
    }

    @Test
    void aGoodTokenThatIsRefusedAfterAnAttemptMayHaveBeenTakenThen() {
        assertThat(refused(1).sentence()).doesNotContain("attempt before");
        assertThat(refused(2).sentence()).endsWith("at an attempt before, whose answer did not arrive.");
    }

    private static LogoutDelivery refused(int attempts) {
        var refused = new LogoutDelivery.Attempt(Instant.EPOCH, LogoutVerdict.REFUSED, 400, 1L, null, Violations.NONE);
        return new LogoutDelivery(
                new UUID(0, 0),
                "",
                "id",
                null,
                "https://app.supplier.co.uk/logout",
                LogoutReason.USER,
                null,
                Map.of(),
                Instant.EPOCH,
                attempts,
                null,
                refused);
    }
}
