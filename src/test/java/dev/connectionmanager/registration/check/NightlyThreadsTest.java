package dev.connectionmanager.registration.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.ConfiguredPortalTest;
import dev.connectionmanager.testing.Sql;
import dev.connectionmanager.testing.Timers;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The portal looks of itself, as it runs for real. */
@ConfiguredPortalTest
class NightlyThreadsTest {
    @Inject
    Sql sql;

    @Inject
    Timers timers;

    @Test
    void takesInWhatIsRegisteredAndLooksWhenItIsDue() throws Exception {
        LaboratoryInternet.publish("threads", new JWKSet(LaboratoryInternet.KEY).toString());
        var application = Api.newApplication("Threads");
        var registration = application + "/registrations/training";
        Api.as("owner")
                .put(
                        registration,
                        Map.of(
                                "redirect_uris", List.of("https://app.supplier.co.uk/callback"),
                                "token_endpoint_auth_method", "private_key_jwt",
                                "jwks_uri", "https://threads.laboratory.co.uk/jwks"),
                        "If-None-Match: *")
                .then()
                .statusCode(201);
        // Another registration in the same database is none of this test's.
        var mine = " where registration_id = (select r.id from registration r where r.application_id = '"
                + application.substring(application.lastIndexOf('/') + 1) + "')";
        timers.runUntil(
                "it is taken in", () -> sql.number("select count(*) from recheck" + mine + " and due_at > now()") == 1);
        var looks = "select count(*) from check_report" + mine;
        var before = sql.number(looks);
        assertThat(sql.execute("update recheck set due_at = now()" + mine)).isEqualTo(1);
        timers.runUntil("it is checked", () -> sql.number(looks) == before + 1);
        timers.runUntil(
                "it is due tomorrow",
                () -> sql.number("select count(*) from recheck" + mine
                                + " and due_at > now() + interval '11 hours' and lease is null")
                        == 1);
    }
}
