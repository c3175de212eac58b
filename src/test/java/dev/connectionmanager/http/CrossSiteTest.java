package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.http.AccessMatrix.Fixture;
import dev.connectionmanager.http.AccessMatrix.Route;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What other sites make a browser do, and what registered addresses could make a person do. */
@PortalTest
class CrossSiteTest {
    private static final Pattern LEADS_OUT = Pattern.compile(
            "(?:href|src|action|formaction|srcset|data)\\s*=\\s*[\"']?\\s*(?:https?:)?//(?!localhost)[^\"' >]*");

    @Inject
    AgroalDataSource database;

    /** As browsers send it: from a page of another site, from a sibling domain, and from one that hides where it is. */
    private static final List<Map<String, String>> SENDERS = List.of(
            Map.of("Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"),
            Map.of("Origin", "https://evil.example"),
            Map.of("Sec-Fetch-Site", "same-site"),
            Map.of("Sec-Fetch-Site", "cross-site"),
            Map.of("Sec-Fetch-Site", "none"),
            Map.of("Origin", "null"),
            Map.of("Referer", "https://evil.example/"),
            Map.of());

    @Test
    void noFormOfAnotherSiteDoesAnything() throws Exception {
        var taken = new ArrayList<String>();
        var fixture = Fixture.shared();
        var tried = 0;
        AccessMatrix.browser("owner");
        AccessMatrix.browser("operator");
        AccessMatrix.rows().keySet().forEach(route -> post(route, fixture, Map.of()));
        var before = everything();
        for (var route : AccessMatrix.rows().keySet()) {
            if (route.reads() || route.forMachines()) {
                continue;
            }
            tried++;
            for (var sender : SENDERS) {
                for (var person : List.of("owner", "operator")) {
                    var answer = Persons.send(AccessMatrix.browser(person), post(route, fixture, sender));
                    if (answer.statusCode() != 403) {
                        taken.add(route + " from " + sender + ": " + answer.statusCode());
                    }
                }
            }
        }
        assertThat(taken).isEmpty();
        assertThat(tried).as("forms").isGreaterThan(15);
        assertThat(everything()).isEqualTo(before);
        assertThat(Persons.get(AccessMatrix.browser("owner"), "/teams").statusCode())
                .as("still logged in")
                .isEqualTo(200);
    }

    /** Reading is told to the trail here, so that it is an act like those of forms. */
    @Test
    void noOtherSiteMakesAnOperatorExportTheTrail() {
        for (var sender : Map.of("cross-site", 403, "same-site", 403, "same-origin", 200, "none", 200)
                .entrySet()) {
            for (var format : List.of("csv", "jsonl")) {
                var request = HttpRequest.newBuilder(
                                URI.create(Persons.address() + "/review/audit/export." + format + "?act=team-created"))
                        .header("Sec-Fetch-Site", sender.getKey())
                        .build();
                assertThat(Persons.send(AccessMatrix.browser("operator"), request)
                                .statusCode())
                        .as(sender.getKey())
                        .isEqualTo(sender.getValue());
            }
        }
    }

    private static HttpRequest post(Route route, Fixture fixture, Map<String, String> sender) {
        var request = HttpRequest.newBuilder(URI.create(Persons.address() + fixture.fill(route)))
                .method(route.method(), BodyPublishers.ofString(fixture.form(route)))
                .header("Content-Type", "application/x-www-form-urlencoded");
        sender.forEach(request::header);
        return request.build();
    }

    /** Whoever registers an address must not lead those who look at it there. */
    @Test
    void nothingThatWasRegisteredIsALink() {
        var application = Api.newApplication("No links");
        for (var environment : List.of("integration", "production")) {
            Api.as("owner")
                    .put(
                            application + "/registrations/" + environment,
                            Map.of(
                                    "redirect_uris", List.of("https://app.supplier.co.uk/callback"),
                                    "token_endpoint_auth_method", "private_key_jwt",
                                    "jwks_uri", "https://keys.laboratory.co.uk/jwks",
                                    "backchannel_logout_uri", "https://keys.laboratory.co.uk/logout"),
                            "If-None-Match: *");
        }
        Api.as("owner").post(application + "/registrations/integration/checks", Map.of());
        var id = application.substring(application.lastIndexOf('/') + 1);
        var links = new LinkedHashMap<String, List<String>>();
        var shown = 0;
        for (var route : AccessMatrix.rows().keySet()) {
            if (!route.reads() || route.forApi()) {
                continue;
            }
            for (var person : List.of("owner", "operator")) {
                var values = new HashMap<>(Fixture.shared().valuesFor(route));
                values.replace("application_id", id);
                for (var path :
                        List.of(Fixture.fill(route, values), Fixture.shared().fill(route))) {
                    var page = Persons.get(AccessMatrix.browser(person), path).body();
                    shown += page.contains("supplier.co.uk") || page.contains("laboratory.co.uk") ? 1 : 0;
                    var found = LEADS_OUT
                            .matcher(page)
                            .results()
                            .map(m -> m.group())
                            .toList();
                    if (found.stream().anyMatch(link -> link.contains("supplier") || link.contains("laboratory"))) {
                        links.put(path, found);
                    }
                }
            }
            if (route.template().endsWith("/logout")) {
                AccessMatrix.browsersAnew();
            }
        }
        assertThat(links).isEmpty();
        assertThat(shown).as("pages that show registered addresses").isGreaterThan(5);
    }

    /** A fingerprint of every table that acts write to. */
    private Map<String, String> everything() throws SQLException {
        try (var connection = database.getConnection()) {
            var prints = new LinkedHashMap<String, String>();
            for (var table : tables(connection)) {
                prints.put(
                        table,
                        first(
                                connection,
                                "select md5(string_agg(t::text, ',' order by t::text)) from " + table + " t"));
            }
            return prints;
        }
    }

    /** All but those in which something is written without anybody asking: sessions by reading, keys made beforehand by the clock. */
    private static List<String> tables(Connection connection) throws SQLException {
        var names = first(
                connection,
                "select string_agg(tablename, ',' order by tablename) from pg_tables where schemaname = 'public' and"
                        + " tablename not in ('login_session', 'mock_spare_key')");
        return List.of(names.split(","));
    }

    private static String first(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(query)) {
            found.next();
            return found.getString(1);
        }
    }
}
