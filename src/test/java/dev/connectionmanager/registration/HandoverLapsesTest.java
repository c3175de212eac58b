package dev.connectionmanager.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Offers;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@PortalTest
class HandoverLapsesTest {
    @Inject
    HandoverLapses lapses;

    @Inject
    AgroalDataSource database;

    @Test
    void anOfferThatNobodyAnsweredIsEndedAndToldOnce() throws SQLException {
        var late = application("Late");
        var open = application("Open");
        execute("update handover set offered_at = now() - interval '30 days' where application_id = '" + late + "'");
        lapses.lapse();
        lapses.lapse();
        assertThat(count("handover where state = 'LAPSED' and application_id = '" + late + "'"))
                .isOne();
        assertThat(count("handover where state = 'OPEN' and application_id = '" + open + "'"))
                .isOne();
        assertThat(count("mail where code = 'application-handover-lapsed' and recipient = 'owner@local.example'"
                        + " and path = '/applications/" + late + "'"))
                .isOne();
        assertThat(count("audit_event where act = 'application-offer-lapsed' and object_id = '" + late + "'"))
                .isOne();
        assertThat(Persons.get(Persons.browser("owner"), "/applications/" + late)
                        .body())
                .contains("nobody answered it");
    }

    private static String application(String name) {
        // Letters go to owners who have come.
        Api.as("owner").get("/api/v1/teams");
        var path = Api.newApplication(name);
        var id = path.substring(path.lastIndexOf('/') + 1);
        Offers.ofFirstTeam(id);
        return id;
    }

    private int count(String from) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from " + from)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
