package dev.connectionmanager.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.web.layout.Assets;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of the pages, and what ends them. */
@PortalTest
class SessionsTest {
    @Inject
    AgroalDataSource database;

    @Test
    void aCopiedCookieIsWorthlessAfterLogOut() {
        var owner = BrowserSession.of("owner");
        var copy = owner.cookie();
        assertThat(BrowserSession.holds(copy)).isTrue();
        Persons.post(owner.browser(), "/logout");
        var answer = BrowserSession.ask("/teams?cursor=x", copy);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("/teams?cursor=x");
        assertThat(answer.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie).contains("q_session=;", "Max-Age=0", "Path=/"));
        assertThat(BrowserSession.ask("/", copy).body()).doesNotContain("Olivia Owner");
    }

    @Test
    void loggingOutEverywhereEndsAllSessionsOfThatPersonOnly() {
        var here = BrowserSession.of("operator2");
        var there = BrowserSession.of("operator2").cookie();
        var other = BrowserSession.of("operator");
        var cookie = here.cookie();
        Persons.post(here.browser(), "/logout/everywhere");
        assertThat(BrowserSession.holds(cookie)).isFalse();
        assertThat(BrowserSession.holds(there)).isFalse();
        assertThat(other.holds()).isTrue();
    }

    @Test
    void logInsOfOnePersonLiveAndEndApart() {
        var here = BrowserSession.of("owner");
        var there = BrowserSession.of("owner");
        Persons.post(here.browser(), "/logout");
        assertThat(there.holds()).isTrue();
    }

    @Test
    void theCookieIsKeptAsLongAsTheSessionMayLast() {
        assertThat(BrowserSession.of("owner").cookieLifetime()).isEqualTo(Duration.ofHours(12));
        assertThat(BrowserSession.of("operator").cookieLifetime()).isEqualTo(Duration.ofHours(4));
    }

    @Test
    void endsWhenNobodyUsesItOrAfterAWorkingDay() throws SQLException {
        var unused = BrowserSession.of("owner").cookie();
        change(unused, "seen_at = now() - interval '29 minutes'");
        assertThat(BrowserSession.holds(unused)).isTrue();
        change(unused, "seen_at = now() - interval '31 minutes'");
        assertThat(BrowserSession.holds(unused)).isFalse();

        var long_ = BrowserSession.of("owner").cookie();
        change(long_, "began_at = now() - interval '719 minutes'");
        assertThat(BrowserSession.holds(long_)).isTrue();
        change(long_, "began_at = now() - interval '721 minutes'");
        assertThat(BrowserSession.holds(long_)).isFalse();

        var operators = BrowserSession.of("operator").cookie();
        change(operators, "began_at = now() - interval '239 minutes'");
        assertThat(BrowserSession.holds(operators)).isTrue();
        change(operators, "began_at = now() - interval '241 minutes'");
        assertThat(BrowserSession.holds(operators)).isFalse();
    }

    /** Without it the session would go on as an operator's, and could make a credential that outlives it. */
    @Test
    void endsWhenTheSamePersonLogsInElsewhereAsAnOperatorNoMore() throws SQLException {
        var asOperator = BrowserSession.of("viewer").cookie();
        change(asOperator, "operator = true");
        var without = BrowserSession.of("viewer").cookie();
        assertThat(BrowserSession.holds(asOperator)).isFalse();
        BrowserSession.of("viewer");
        assertThat(BrowserSession.holds(without)).isTrue();
        var operators = BrowserSession.of("operator").cookie();
        BrowserSession.of("operator");
        assertThat(BrowserSession.holds(operators)).isTrue();
    }

    @Test
    void useKeepsItAlive() throws SQLException {
        var cookie = BrowserSession.of("owner").cookie();
        change(cookie, "seen_at = now() - interval '20 minutes'");
        assertThat(BrowserSession.holds(cookie)).isTrue();
        assertThat(count("select count(*) from login_session where seen_at > now() - interval '1 minute' and id = '"
                        + id(cookie) + "'"))
                .isOne();
    }

    @Test
    void whatIsOverIsForgottenAtTheNextLogIn() throws SQLException {
        var cookie = BrowserSession.of("owner").cookie();
        change(cookie, "seen_at = now() - interval '2 days'");
        BrowserSession.of("viewer");
        assertThat(count("select count(*) from login_session where id = '" + id(cookie) + "'"))
                .isZero();
    }

    /** Session fixation: a key that somebody else chose is never taken over. */
    @ParameterizedTest
    @ValueSource(strings = {"chosen", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "a.b.c.d.e", "%00"})
    void aKeyThatWasNotGivenOutOpensNothing(String chosen) throws IOException {
        assertThat(BrowserSession.holds(chosen)).isFalse();
        var browser = Persons.newBrowser();
        browser.cookieHandler()
                .orElseThrow()
                .put(URI.create(Persons.address()), Map.of("Set-Cookie", List.of("q_session=" + chosen + "; Path=/")));
        Persons.get(browser, "/login?login_hint=owner");
        assertThat(Persons.get(browser, "/teams").body()).contains("Example Supplier");
        assertThat(BrowserSession.holds(chosen)).isFalse();
    }

    /** Whoever reads the table, or writes rows of one person over those of another, is not logged in by it. */
    @Test
    void theTableLogsNobodyIn() throws SQLException {
        var owner = BrowserSession.of("owner").cookie();
        var viewer = BrowserSession.of("viewer").cookie();
        assertThat(count("select count(*) from login_session where id = '" + owner + "'"))
                .isZero();
        assertThat(count("select count(*) from login_session where position('eyJ'::bytea in id_token) > 0"))
                .isZero();
        assertThat(BrowserSession.holds(id(owner))).isFalse();
        change(viewer, "id_token = (select o.id_token from login_session o where o.id = '" + id(owner) + "')");
        assertThat(BrowserSession.holds(viewer)).isFalse();
    }

    @Test
    void noAssetAndNoPageWithoutACookieAsksForASession() throws SQLException {
        var cookie = BrowserSession.of("owner").cookie();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table login_session in access exclusive mode");
            for (var path : List.of(Assets.address("portal.css"), Assets.address("portal.js"))) {
                assertThat(BrowserSession.ask(path, cookie).statusCode())
                        .as(path)
                        .isEqualTo(200);
            }
            assertThat(Persons.get(Persons.newBrowser(), "/").statusCode()).isEqualTo(200);
            connection.rollback();
        }
    }

    private void change(String cookie, String what) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("update login_session set " + what + " where id = '" + id(cookie) + "'"))
                    .isOne();
        }
    }

    private int count(String query) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var found = statement.executeQuery(query)) {
            found.next();
            return found.getInt(1);
        }
    }

    private static String id(String cookie) {
        return Hashing.sha256().hashString(cookie, StandardCharsets.UTF_8).toString();
    }
}
