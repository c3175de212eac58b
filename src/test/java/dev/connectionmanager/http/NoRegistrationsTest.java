package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.http.AccessMatrix.Fixture;
import dev.connectionmanager.http.AccessMatrix.Route;
import dev.connectionmanager.testing.PortalTest;
import java.util.ArrayList;
import java.util.HashMap;
import org.junit.jupiter.api.Test;

/** Where nothing is registered, each address says so: its 404 means something else than that there is nothing yet. */
@PortalTest
class NoRegistrationsTest {
    @Test
    void everyAddressOfARegistrationSaysThatNoneIsNeeded() {
        var wrong = new ArrayList<String>();
        var routes = AccessMatrix.routes().stream()
                .map(Route::of)
                .filter(Route::forApi)
                .filter(route -> route.template().contains("/registrations/{"))
                .toList();
        for (var route : routes) {
            var values = new HashMap<>(Fixture.shared().valuesFor(route));
            values.replace("environment", "mock");
            values.replace("production", "mock");
            var person = AccessMatrix.rows().get(route).get("owner").equals("403") ? "operator" : "owner";
            var answer = AccessMatrix.ask(route, Fixture.fill(route, values), person, Fixture.shared());
            if (answer.statusCode() != 404
                    || !answer.body().contains("\"registration-not-needed\"")
                    || !answer.body().contains("\"environment\":\"mock\"")) {
                wrong.add(route + " as " + person + " " + answer.statusCode() + " " + answer.body());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(routes).hasSizeGreaterThan(15);
    }
}
