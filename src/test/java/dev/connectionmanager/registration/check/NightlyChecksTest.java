package dev.connectionmanager.registration.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.endpoint.EndpointChecks;
import dev.connectionmanager.endpoint.OwnNetwork;
import dev.connectionmanager.endpoint.RecheckQueue;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.registration.EndpointReports;
import dev.connectionmanager.registration.RegistrationWriter;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.PortalTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

/** Nights of several nodes over one database. */
@PortalTest
class NightlyChecksTest {
    private static final String SOUND = new JWKSet(LaboratoryInternet.KEY).toString();
    private static final AtomicInteger NAMES = new AtomicInteger();

    @Inject
    RecheckQueue plan;

    @Inject
    RegistrationWriter registrations;

    @Inject
    EndpointChecks endpoints;

    @Inject
    OwnNetwork network;

    @Inject
    EndpointReports kept;

    @Inject
    Environments environments;

    @Inject
    DataSource database;

    @Inject
    SessionFactory factory;

    private final Instant night = Instant.now();

    @Test
    void looksAtEachEndpointOnceHoweverManyNodesThereAre() throws Exception {
        var all = IntStream.range(0, 12).mapToObj(i -> registered()).toList();
        var before =
                all.stream().map(r -> LaboratoryInternet.requestsOf(r.name())).toList();
        all.forEach(this::due);
        var nodes = Executors.newFixedThreadPool(4);
        var one = node(night);
        var other = node(night);
        var working = List.of(
                nodes.submit(one::checkDue),
                nodes.submit(other::checkDue),
                nodes.submit(one::checkDue),
                nodes.submit(other::checkDue));
        for (var node : working) {
            node.get();
        }
        nodes.shutdown();
        for (int i = 0; i < all.size(); i++) {
            var r = all.get(i);
            // A look asks a sound endpoint twice.
            assertThat(LaboratoryInternet.requestsOf(r.name()) - before.get(i))
                    .as(r.name())
                    .isEqualTo(2);
            assertThat(number("select count(*) from check_report where registration_id = ?", r))
                    .isEqualTo(2);
            assertThat(number("select count(*) from recheck where registration_id = ? and lease is not null", r))
                    .isZero();
            assertThat(number(
                            "select count(*) from recheck where registration_id = ? and due_at > now() + interval '11 hours'",
                            r))
                    .isEqualTo(1);
        }
    }

    @Test
    void goesOnWhereANodeThatDiedLeftOff() {
        var r = registered();
        due(r);
        var dead =
                QuarkusTransaction.requiringNew().call(() -> plan.claim(night)).orElseThrow();
        assertThat(dead.registrationId()).isEqualTo(r.id());
        node(night.plusSeconds(299)).checkDue();
        assertThat(number("select count(*) from check_report where registration_id = ?", r))
                .isEqualTo(1);
        node(night.plusSeconds(300)).checkDue();
        assertThat(number("select count(*) from check_report where registration_id = ?", r))
                .isEqualTo(2);
        assertThat(QuarkusTransaction.requiringNew().call(() -> plan.giveBack(dead, night)))
                .as("a node that was only slow keeps nothing")
                .isFalse();
    }

    @Test
    void givesEveryRegistrationItsMomentAndForgetsDeletedOnesUntilTheyAreRestored() {
        var r = registered();
        var planned = "select count(*) from recheck where registration_id = ? and lease is null";
        assertThat(number(planned + " and due_at > now()", r)).isEqualTo(1);
        due(r);
        Api.as("owner")
                .delete(r.path(), "If-Match: " + Api.as("owner").get(r.path()).header("ETag"));
        node(night).checkDue();
        assertThat(number(planned, r)).isZero();
        assertThat(number("select count(*) from check_report where registration_id = ?", r))
                .isEqualTo(1);
        Api.as("operator").post(r.path() + "/restoration", "").then().statusCode(200);
        assertThat(number(planned + " and due_at > now()", r)).isEqualTo(1);
    }

    /** A node that saw it deleted a moment ago must not forget it now. */
    @Test
    void looksAgainAtWhatIsRestoredWhileANodeHoldsIt() {
        var r = registered();
        due(r);
        Api.as("owner")
                .delete(r.path(), "If-Match: " + Api.as("owner").get(r.path()).header("ETag"));
        var claim =
                QuarkusTransaction.requiringNew().call(() -> plan.claim(night)).orElseThrow();
        assertThat(claim.registrationId()).isEqualTo(r.id());
        Api.as("operator").post(r.path() + "/restoration", "").then().statusCode(200);
        QuarkusTransaction.requiringNew().run(() -> plan.forget(claim));
        assertThat(number("select count(*) from recheck where registration_id = ? and lease is null", r))
                .isEqualTo(1);
    }

    @Test
    void tellsTheContactsOnceThatAnEndpointBrokeAndOnceThatItRecovered() {
        var r = registered("a@supplier.nhs.uk", "b@supplier.nhs.uk");
        LaboratoryInternet.publish(r.name(), "gone");
        look(r);
        assertThat(letters(r)).as("one failure may be chance").isEmpty();
        assertThat(number(
                        "select count(*) from recheck where registration_id = ?"
                                + " and due_at between now() + interval '8 minutes' and now() + interval '11 minutes'",
                        r))
                .as("it is checked again in ten minutes")
                .isEqualTo(1);
        tenMinutesLater(r);
        look(r);
        look(r);
        assertThat(letters(r))
                .containsExactlyInAnyOrder("endpoint-broken a@supplier.nhs.uk", "endpoint-broken b@supplier.nhs.uk");
        Api.as("viewer").get(r.path()).then().statusCode(200).body("state", equalTo("active"));
        LaboratoryInternet.publish(r.name(), SOUND);
        look(r);
        look(r);
        assertThat(letters(r))
                .hasSize(4)
                .contains("endpoint-recovered a@supplier.nhs.uk", "endpoint-recovered b@supplier.nhs.uk");
        assertThat(number(
                        "select count(*) from audit_entry where object_id = ?"
                                + " and actor = 'portal' and act in ('endpoint-broken', 'endpoint-recovered')",
                        r))
                .isEqualTo(2);
    }

    @Test
    void aPersonsLookTellsThatAnEndpointRecovered() {
        var r = registered();
        LaboratoryInternet.publish(r.name(), "gone");
        look(r);
        tenMinutesLater(r);
        look(r);
        LaboratoryInternet.publish(r.name(), SOUND);
        Api.as("admin").post(r.path() + "/checks", "").then().body("items.passed", contains(true));
        assertThat(letters(r))
                .as("an application without contacts has its team's owners told")
                .containsExactlyInAnyOrder(
                        "endpoint-broken owner@local.example", "endpoint-recovered owner@local.example");
    }

    @Test
    void warnsOfACertificateThatEndsSoonOnceUntilItIsRenewed() {
        var r = registered("a@supplier.nhs.uk");
        LaboratoryInternet.certify(r.name(), 29);
        look(r);
        look(r);
        assertThat(letters(r)).containsExactly("certificate-expires-soon a@supplier.nhs.uk");
        assertThat(text(
                        "select arguments::jsonb ->> 'days' from mail where arguments like '%' || ? || '%'",
                        r.application()))
                .isEqualTo("29");
        LaboratoryInternet.certify(r.name(), 200);
        look(r);
        LaboratoryInternet.certify(r.name(), 6);
        look(r);
        look(r);
        assertThat(letters(r)).hasSize(2);
    }

    @Test
    void opensNothingInsideATransaction() {
        var environment = environments.find("integration").orElseThrow();
        var r = registered();
        var metadata = QuarkusTransaction.requiringNew()
                .call(() -> registrations.existing(r.id()))
                .orElseThrow()
                .metadata();
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> QuarkusTransaction.requiringNew().run(() -> endpoints.recheck(metadata, environment)))
                .hasMessageContaining("transaction");
    }

    @Test
    void keepsNothingOfHealthForARevisionThatIsGone() {
        var r = registered();
        var read = QuarkusTransaction.requiringNew()
                .call(() -> registrations.existing(r.id()))
                .orElseThrow();
        LaboratoryInternet.publish(r.name(), "gone");
        var reports = endpoints.recheck(
                read.metadata(), environments.find("integration").orElseThrow());
        LaboratoryInternet.publish(r.name(), SOUND);
        var changed = metadata(r.name());
        changed.put("client_name", "Another name");
        Api.as("owner")
                .put(
                        r.path(),
                        changed,
                        "If-Match: " + Api.as("owner").get(r.path()).header("ETag"))
                .then()
                .statusCode(200);
        QuarkusTransaction.requiringNew().run(() -> kept.keep(read, reports));
        assertThat(number(
                        "select count(*) from endpoint_health where registration_id = ? and failing_since is null", r))
                .isEqualTo(1);
        Api.as("owner")
                .get(r.path() + "/checks")
                .then()
                .body("items.version", contains(2))
                .body("items.passed", contains(true));
    }

    @Test
    void thinsOutOldReportsButKeepsFailuresLongerAndTheLatestAlways() {
        var r = registered();
        LaboratoryInternet.publish(r.name(), "gone");
        look(r);
        LaboratoryInternet.publish(r.name(), SOUND);
        look(r);
        update("update check_report set at = at - interval '8 days' where registration_id = ?", r);
        look(r);
        assertThat(number("select count(*) from check_report where registration_id = ?", r))
                .as("the failure of a week ago and the latest")
                .isEqualTo(2);
        update("update check_report set at = at - interval '83 days' where registration_id = ?", r);
        assertThat(number("select count(*) from check_report where registration_id = ?", r))
                .isEqualTo(2);
        look(r);
        assertThat(number("select count(*) from check_report where registration_id = ?", r))
                .isEqualTo(1);
    }

    @Test
    void dropsAReportOfAnEndpointThatIsNotRegisteredAnyMore() {
        var r = registered();
        Api.as("owner")
                .put(
                        r.path(),
                        Api.metadata(),
                        "If-Match: " + Api.as("owner").get(r.path()).header("ETag"))
                .then()
                .statusCode(200);
        Api.as("owner").get(r.path() + "/checks").then().body("items", org.hamcrest.Matchers.empty());
        assertThat(number("select count(*) from endpoint_health where registration_id = ?", r))
                .isZero();
        look(r);
        assertThat(number("select count(*) from check_report where registration_id = ?", r))
                .isEqualTo(1);
    }

    /** A night costs nothing for what has no endpoint, and one statement plans what has one. */
    @Test
    void plansOnlyWhatHasAnEndpoint() {
        var r = registered();
        var planned = "select count(*) from recheck where registration_id = ?";
        assertThat(number(planned, r)).isEqualTo(1);
        assertThat(hosts()).as("where its team goes before others").contains(r.name() + ".laboratory.co.uk");
        put(r, Api.metadata());
        assertThat(number(planned, r)).as("no endpoint is left").isZero();
        assertThat(hosts()).doesNotContain(r.name() + ".laboratory.co.uk");
        Api.as("owner")
                .delete(r.path(), "If-Match: " + Api.as("owner").get(r.path()).header("ETag"));
        Api.as("operator").post(r.path() + "/restoration", "").then().statusCode(200);
        assertThat(number(planned, r)).as("restored without one").isZero();
        put(r, metadata(r.name()));
        assertThat(number(planned, r)).as("it has one again").isEqualTo(1);
        var statistics = factory.getStatistics();
        statistics.setStatisticsEnabled(true);
        statistics.clear();
        QuarkusTransaction.requiringNew().run(() -> plan.begin(r.id(), night));
        assertThat(statistics.getPrepareStatementCount()).isEqualTo(1);
        statistics.setStatisticsEnabled(false);
    }

    private Set<String> hosts() {
        return registrations.caller(UUID.fromString(Api.FIRST_TEAM), true).hosts();
    }

    private static void put(Known r, Object metadata) {
        Api.as("owner")
                .put(
                        r.path(),
                        metadata,
                        "If-Match: " + Api.as("owner").get(r.path()).header("ETag"))
                .then()
                .statusCode(200);
    }

    private void look(Known r) {
        due(r);
        node(night).checkDue();
    }

    private void due(Known r) {
        // Before whatever other tests have left to do.
        QuarkusTransaction.requiringNew().run(() -> plan.hasten(r.id(), night.minus(Duration.ofHours(1))));
    }

    /** As far as the endpoint's health can tell. */
    private void tenMinutesLater(Known r) {
        update(
                "update endpoint_health set failing_since = failing_since - interval '10 minutes',"
                        + " checked_at = checked_at - interval '10 minutes' where registration_id = ?",
                r);
    }

    private NightlyChecks node(Instant now) {
        return new NightlyChecks(
                plan, registrations, endpoints, network, kept, environments, Clock.fixed(now, ZoneOffset.UTC), true);
    }

    /** A registration with a key set under a name of its own. */
    private record Known(UUID id, String application, String name) {
        String path() {
            return "/api/v1/applications/" + application + "/registrations/integration";
        }
    }

    private Known registered(String... contacts) {
        var name = "night-" + NAMES.incrementAndGet();
        LaboratoryInternet.publish(name, SOUND);
        var application = Api.newApplication(name);
        Api.as("owner")
                .patch(application, Map.of("contacts", List.of(contacts)), "If-Match: \"0\"")
                .then()
                .statusCode(200);
        Api.as("owner")
                .put(application + "/registrations/integration", metadata(name), "If-None-Match: *")
                .then()
                .statusCode(201);
        var id = application.substring(application.lastIndexOf('/') + 1);
        return new Known(
                UUID.fromString(text("select id from registration where application_id = cast(? as uuid)", id)),
                id,
                name);
    }

    private static Map<String, Object> metadata(String name) {
        return new java.util.TreeMap<>(Map.of(
                "redirect_uris",
                List.of("https://app.supplier.co.uk/callback"),
                "token_endpoint_auth_method",
                "private_key_jwt",
                "jwks_uri",
                "https://" + name + ".laboratory.co.uk/jwks"));
    }

    private List<String> letters(Known r) {
        var found = new ArrayList<String>();
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "select code || ' ' || recipient from mail where arguments like '%' || ? || '%' order by created_at")) {
            query.setString(1, r.application());
            var rows = query.executeQuery();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    private int number(String sql, Known r) {
        return Integer.parseInt(
                text(sql.contains("object_id") ? sql : sql.replace("?", "cast(? as uuid)"), r.id().toString()));
    }

    private String text(String sql, Known r) {
        return text(sql.replace("?", "cast(? as uuid)"), r.id().toString());
    }

    private String text(String sql, String argument) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(sql)) {
            query.setString(1, argument);
            var rows = query.executeQuery();
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void update(String sql, Known r) {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(sql.replace("?", "cast(? as uuid)"))) {
            update.setString(1, r.id().toString());
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
