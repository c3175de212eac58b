package dev.connectionmanager.registration.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.endpoint.OwnNetwork;
import dev.connectionmanager.endpoint.RecheckQueue;
import dev.connectionmanager.endpoint.SimulatedChecks;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.outbound.Guard;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.registration.EndpointReports;
import dev.connectionmanager.registration.RegistrationWriter;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.ManualClock;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import dev.connectionmanager.verification.certificate.TrustAnchors;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nights in which the portal's own network fails, by a clock that the test sets. */
@PortalTest
class OutageTest {
    private static final Duration TURN = Duration.ofMinutes(3);
    private static final String FALSE_BLAME = "endpoint-broken', 'endpoint-recovered";

    @Inject
    RecheckQueue plan;

    @Inject
    RegistrationWriter registrations;

    @Inject
    OwnNetwork network;

    @Inject
    EndpointReports kept;

    @Inject
    Environments environments;

    @Inject
    Guard guard;

    @Inject
    TrustAnchors anchors;

    @Inject
    Sql sql;

    private final Instant evening =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(60);
    private final ManualClock clock = new ManualClock(evening);
    private final String name = "outage" + UUID.randomUUID().toString().substring(0, 8);
    private NightlyChecks node;

    @BeforeEach
    void leaveOtherTestsAlone() {
        sql.execute("update recheck set due_at = due_at + interval '9 days'");
        node = new NightlyChecks(
                plan,
                registrations,
                SimulatedChecks.at(clock, guard, anchors, network),
                network,
                kept,
                environments,
                clock,
                true);
    }

    @AfterEach
    void connect() {
        LaboratoryInternet.cut(false);
        sql.execute("update recheck set due_at = due_at - interval '9 days' where due_at > now() + interval '8 days'");
    }

    @Test
    void blamesNobodyOf36ThatAreDueAtOnce() {
        registered(36, Duration.ZERO);
        LaboratoryInternet.cut(true);
        turnsUntil(Duration.ofMinutes(45));
        assertThat(marked()).isZero();
        assertThat(reports()).isZero();
        assertThat(network.inDoubt()).isTrue();
        LaboratoryInternet.cut(false);
        node.checkDue();
        assertThat(reports()).as("checked at once").isEqualTo(36);
        assertThat(network.inDoubt()).isFalse();
        turnsUntil(Duration.ofMinutes(70));
        assertThat(marked()).isZero();
        assertThat(letters()).isZero();
    }

    @Test
    void blamesNobodyOf120ThatAreSpreadOverANight() {
        registered(120, Duration.ofMinutes(3));
        turnsUntil(Duration.ofMinutes(99));
        assertThat(reports()).isEqualTo(33);
        LaboratoryInternet.cut(true);
        turnsUntil(Duration.ofMinutes(159));
        assertThat(marked()).isZero();
        assertThat(reports()).isEqualTo(33);
        LaboratoryInternet.cut(false);
        node.checkDue();
        assertThat(reports()).as("all that was due meanwhile, at once").isEqualTo(54);
        turnsUntil(Duration.ofMinutes(360));
        assertThat(reports()).isEqualTo(120);
        assertThat(marked()).isZero();
        assertThat(letters()).isZero();
    }

    /** One look may come just before the outage is noticed, the second in it. */
    @Test
    void blamesNobodyForWhatAPersonSeesInAnOutage() {
        registered(6, Duration.ofMinutes(1));
        var own = Api.newApplication("Outage");
        Api.as("owner")
                .put(
                        own + "/registrations/integration",
                        Map.of(
                                "redirect_uris", List.of("https://app.supplier.co.uk/callback"),
                                "token_endpoint_auth_method", "private_key_jwt",
                                "jwks_uri",
                                        LaboratoryInternet.publish(
                                                name, new JWKSet(LaboratoryInternet.KEY).toString())),
                        "If-None-Match: *")
                .then()
                .statusCode(201);
        LaboratoryInternet.cut(true);
        var checks = own + "/registrations/integration/checks";
        assertThat(Api.as("owner").post(checks, "").jsonPath().getList("items.passed"))
                .as("the person is told what was seen")
                .containsExactly(false);
        var mine = " where registration_id = (select id from registration where application_id = '"
                + own.substring(own.lastIndexOf('/') + 1) + "')";
        assertThat(sql.number("select count(*) from endpoint_health" + mine + " and failing_since is not null"))
                .isZero();
        assertThat(sql.number("select count(*) from recheck" + mine + " and due_at < now() + interval '11 minutes'"))
                .as("it is checked again soon")
                .isEqualTo(1);
        LaboratoryInternet.cut(false);
        node.checkDue();
        assertThat(network.inDoubt()).isFalse();
    }

    /** Something answers, so it is told: without this, an endpoint that breaks for good would be nobody's fault. */
    @Test
    void tellsOfTheOneThatBreaksWhileTheOthersAnswer() {
        registered(12, Duration.ofMinutes(3));
        LaboratoryInternet.raw("5." + name + ".laboratory.co.uk");
        turnsUntil(Duration.ofMinutes(60));
        assertThat(sql.number("select count(*) from endpoint_health h where broken and " + mine("h.registration_id")))
                .isEqualTo(1);
        assertThat(letters()).isEqualTo(1);
    }

    private void turnsUntil(Duration end) {
        while (clock.instant().isBefore(evening.plus(end))) {
            node.checkDue();
            clock.pass(TURN);
        }
    }

    /** So many registrations, copies of one but for their addresses, each of which worked yesterday. */
    private void registered(int count, Duration apart) {
        var hosts = LaboratoryInternet.publishMany(name, count);
        for (int i = 0; i < count; i++) {
            var id = UUID.randomUUID();
            var uri = "https://" + hosts.get(i) + "/jwks";
            var client = "9%011d".formatted(Math.floorMod(id.getMostSignificantBits(), 99_999_999_999L));
            var due = evening.plus(apart.multipliedBy(i));
            sql.execute("""
                    insert into application (id, team_id, name, description, category, application_type, contacts, created_at, version)
                    values ('%1$s', '%2$s', '%3$s', '', 'SUPPLIER', 'WEB', '{a@supplier.nhs.uk}', now(), 0);
                    insert into issued_client_id values ('%4$s', '%4$s.apps.supplier', now());
                    insert into registration (id, application_id, environment, client_id, state, revision, issued_at, version)
                    values ('%1$s', '%1$s', 'integration', '%4$s.apps.supplier', 'ACTIVE', 1, now(), 0);
                    insert into revision (id, registration_id, number, metadata, warnings, actor, actor_name, at)
                    values ('%1$s', '%1$s', 1, '{"client_name": "x", "application_type": "web",
                        "redirect_uris": ["https://app.supplier.co.uk/callback"],
                        "token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "%5$s"}', '{"all": []}', 'x', 'x', now());
                    insert into recheck (registration_id, due_at) values ('%1$s', '%6$s');
                    insert into endpoint_health (id, registration_id, field, uri, checked_at, broken)
                    values ('%1$s', '%1$s', 'jwks_uri', '%5$s', '%7$s', false)""".formatted(id, Api.FIRST_TEAM, name, client, uri, due, evening.minus(Duration.ofDays(1))));
        }
    }

    private String mine(String column) {
        return column + " in (select id from application where name = '" + name + "')";
    }

    private long reports() {
        return sql.number("select count(*) from check_report where " + mine("registration_id"));
    }

    private long marked() {
        return sql.number(
                "select count(*) from endpoint_health where failing_since is not null and " + mine("registration_id"));
    }

    private long letters() {
        return sql.number("select count(*) from mail where code in ('" + FALSE_BLAME
                + "') and arguments::jsonb ->> 'application' = '" + name + "'");
    }
}
