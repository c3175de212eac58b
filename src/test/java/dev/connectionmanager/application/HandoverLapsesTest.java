package dev.connectionmanager.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Offers;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@PortalTest
class HandoverLapsesTest {
    @Inject
    HandoverLapses lapses;

    @Inject
    Sql sql;

    @Test
    void anOfferThatNobodyAnsweredIsEndedAndToldOnce() {
        var late = application("Late");
        var open = application("Open");
        sql.execute(
                "update handover set offered_at = now() - interval '30 days' where application_id = '" + late + "'");
        lapses.lapse();
        lapses.lapse();
        assertThat(sql.number(
                        "select count(*) from handover where state = 'LAPSED' and application_id = '" + late + "'"))
                .isOne();
        assertThat(sql.number("select count(*) from handover where state = 'OPEN' and application_id = '" + open + "'"))
                .isOne();
        assertThat(sql.number(
                        "select count(*) from mail where code = 'application-handover-lapsed' and recipient = 'owner@local.example'"
                                + " and page = 'application' and arguments::text like '%" + late + "%'"))
                .isOne();
        assertThat(sql.number(
                        "select count(*) from audit_entry where act = 'application-offer-lapsed' and object_id = '"
                                + late + "'"))
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
}
