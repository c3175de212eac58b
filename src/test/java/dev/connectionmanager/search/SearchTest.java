package dev.connectionmanager.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever somebody remembers of a thing leads to it, if they may read it; else it does not exist. */
@PortalTest
class SearchTest {
    private static final Api OWNER = Api.as("owner");
    private static final Actor OPERATOR = Actor.person("local-operator", "", "Opal Operator", true, Map.of());
    private static final Actor OF_FIRST_TEAM =
            Actor.person("reader", "", "Rita Reader", false, Map.of(UUID.fromString(Api.FIRST_TEAM), Role.VIEWER));
    private static final Actor OF_OTHER_TEAM =
            Actor.person("other", "", "Otto Other", false, Map.of(UUID.fromString(Api.OTHER_TEAM), Role.OWNER));

    @Inject
    Search search;

    @Inject
    EntityManager entities;

    private final String word = "w" + Long.toString(System.nanoTime(), 36);
    private String application;
    private String clientId;

    @BeforeEach
    void register() {
        application = OWNER.post(
                        "/api/v1/teams/" + Api.FIRST_TEAM + "/applications",
                        Map.of("name", "Zoë’s Łódź " + word, "category", "supplier", "application_type", "web"))
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        clientId = OWNER.put(
                        application + "/registrations/integration",
                        Map.of(
                                "redirect_uris",
                                List.of("https://" + word + ".supplier.co.uk:8443/Call?back=1"),
                                "token_endpoint_auth_method",
                                "client_secret_basic"),
                        "If-None-Match: *")
                .then()
                .statusCode(201)
                .extract()
                .path("client_id");
    }

    private String id() {
        return application.replaceFirst(".*/", "");
    }

    private List<String> clients(Actor actor, String typed) {
        return search.find(actor, typed, 5).clients().items().stream()
                .map(client -> client.registration().clientId())
                .toList();
    }

    @Test
    void aClientIsFoundByWhateverItIsKnownBy() {
        for (var typed : List.of(
                clientId,
                clientId.substring(0, 9),
                " " + clientId.toUpperCase(Locale.ROOT) + " ",
                word,
                "zoe lodz " + word,
                "ZOE\u0308 " + word,
                "Zo\u00eb’s Ło\u0301dz\u0301 " + word,
                word + ".supplier.co.uk",
                word.toUpperCase(Locale.ROOT) + ".SUPPLIER.co.uk:8443",
                "https://" + word + ".supplier.co.uk:8443/Call?back=1")) {
            for (var actor : List.of(OPERATOR, OF_FIRST_TEAM)) {
                assertThat(clients(actor, typed)).as(typed).contains(clientId);
            }
            assertThat(search.find(OF_OTHER_TEAM, typed, 5)).as(typed).isEqualTo(Found.NOTHING);
        }
    }

    @Test
    void anAddressThatNobodyUsesLeadsToThoseOnItsHost() {
        var found = search.find(OPERATOR, "https://" + word + ".supplier.co.uk/elsewhere", 5);
        assertThat(found.hostInstead()).isEqualTo(word + ".supplier.co.uk");
        assertThat(found.clients().items()).hasSize(1);
        assertThat(search.find(OPERATOR, "https://nowhere-" + word + ".co.uk/", 5))
                .isEqualTo(Found.NOTHING);
    }

    @Test
    void anAddressThatWasTakenAwayIsNotFoundAnyMore() {
        var registration = application + "/registrations/integration";
        OWNER.put(
                        registration,
                        Map.of(
                                "redirect_uris",
                                List.of("https://new-" + word + ".supplier.co.uk/"),
                                "token_endpoint_auth_method",
                                "client_secret_basic"),
                        "If-Match: " + OWNER.get(registration).header("ETag"))
                .then()
                .statusCode(200);
        assertThat(clients(OPERATOR, word + ".supplier.co.uk")).isEmpty();
        assertThat(clients(OPERATOR, "new-" + word + ".supplier.co.uk")).containsExactly(clientId);
    }

    @Test
    void teamsAndPeopleAreFoundByThoseWhoMayReadThem() {
        assertThat(search.find(OPERATOR, "example supp", 5).teams().items()).isNotEmpty();
        assertThat(search.find(OF_FIRST_TEAM, "example supp", 5).teams().items())
                .allSatisfy(team -> assertThat(team.id()).hasToString(Api.FIRST_TEAM))
                .isNotEmpty();
        assertThat(search.find(OF_OTHER_TEAM, "example supp", 5).teams().items())
                .isEmpty();
        OWNER.get("/api/v1/teams");
        for (var typed : List.of("olivia", "OLIV own", "owner@local.example")) {
            assertThat(search.find(OPERATOR, typed, 5).people().items())
                    .as(typed)
                    .isNotEmpty();
            assertThat(search.find(OF_FIRST_TEAM, typed, 5).people().items())
                    .as(typed)
                    .isNotEmpty();
            assertThat(search.find(OF_OTHER_TEAM, typed, 5).people().items())
                    .as(typed)
                    .noneMatch(person -> person.team().id().toString().equals(Api.FIRST_TEAM));
        }
    }

    @Test
    void whatIsNoWordFindsNothing() {
        for (var typed : List.of("", "   ", "***", "\u0000", "a\u0000b", "':* | !", "CM-2026", "x".repeat(5_000))) {
            assertThat(search.find(OF_OTHER_TEAM, typed, 5).clients().items())
                    .as(typed)
                    .isEmpty();
        }
        assertThat(search.find(OPERATOR, "***", 5)).isEqualTo(Found.NOTHING);
    }

    @Test
    void oneExactHitLeadsStraightThere() {
        var owner = Persons.browser("owner");
        var number = OWNER.put(application + "/registrations/production", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(202)
                .extract()
                .<String>path("number");
        assertThat(page(owner, clientId).uri().getPath()).endsWith(id() + "/registrations/integration");
        assertThat(page(owner, number.toLowerCase(Locale.ROOT).replace('-', ' '))
                        .uri()
                        .getPath())
                .startsWith("/requests/");
        assertThat(page(owner, Api.FIRST_TEAM).uri().getPath()).isEqualTo("/teams/" + Api.FIRST_TEAM);
        assertThat(page(owner, id()).uri().getPath()).isEqualTo("/applications/" + id());
        var operator = Persons.browser("operator");
        assertThat(page(operator, number).uri().getPath()).startsWith("/review/requests/");
        assertThat(Persons.get(owner, "/search?search=" + id() + "&kind=people").statusCode())
                .isEqualTo(200);
        assertThat(page(owner, word).body()).contains("Clients: 1", "Applications: 1", "Requests for production: 1");
    }

    @Test
    void anotherTeamsRecordIsAnsweredAsAnUnknownOne() {
        var other = Persons.browser("other-owner");
        for (var typed : List.of(clientId, id(), Api.FIRST_TEAM, word, word + ".supplier.co.uk")) {
            var unknown = typed.replaceAll("[0-9a-z]", "0");
            assertThat(withoutSession(page(other, typed).body()).replace(typed, unknown))
                    .as(typed)
                    .isEqualTo(withoutSession(page(other, unknown).body()));
        }
    }

    /** When it ends is another matter. */
    private static String withoutSession(String page) {
        return page.replaceAll("(?s)<p class=\"app-session.*?</p>", "");
    }

    @Test
    void anEmptySearchSaysWhatCanBeSearchedFor() {
        var owner = Persons.browser("owner");
        assertThat(page(owner, "").body()).contains("What you can search for").doesNotContain("Nothing matches");
        assertThat(page(owner, "<b>nobody").body())
                .contains("Nothing matches", "&lt;b&gt;nobody", "Only what your teams own is searched")
                .doesNotContain("<b>nobody");
    }

    @Test
    void everySearchIsServedByAnIndex() {
        QuarkusTransaction.begin();
        try {
            // Of few rows PostgreSQL takes all, wherever an index could be asked.
            run("""
                    set local enable_seqscan = off;
                    insert into team (id, name, categories, created_at, version)
                        select gen_random_uuid(), 'Indexed ' || i, '{SUPPLIER}', now(), 0 from generate_series(1, 1000) i;
                    insert into member (id, team_id, email, address, role, created_at, version)
                        select gen_random_uuid(), id, 'p' || right(name, 4) || '@indexed.example', id::text, 'OWNER', now(), 0
                        from team where name like 'Indexed %';
                    insert into application (id, team_id, name, description, category, application_type, contacts, created_at, version)
                        select gen_random_uuid(), id, name, '', 'SUPPLIER', 'WEB', '{}', now(), 0 from team where name like 'Indexed %';
                    analyze team, member, application, registration, revision, production_request""");
            for (var typed : List.of(
                    "Indexed 417", "nobody", clientId, word + ".supplier.co.uk", "CM-2026-00001", Api.FIRST_TEAM)) {
                for (var actor : List.of(OPERATOR, OF_FIRST_TEAM)) {
                    long before = scanned();
                    search.find(actor, typed, 5);
                    assertThat(scanned() - before).as(typed).isZero();
                }
            }
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    private void run(String statements) {
        for (var statement : statements.split(";\n")) {
            entities.createNativeQuery(statement).executeUpdate();
        }
    }

    /** Rows that were read in passing. */
    private long scanned() {
        return ((Number) entities.createNativeQuery(
                                "select sum(seq_tup_read) from pg_stat_xact_user_tables"
                                        + " where relname in ('team', 'member', 'application', 'registration', 'revision', 'production_request')")
                        .getSingleResult())
                .longValue();
    }

    private static HttpResponse<String> page(HttpClient browser, String typed) {
        return Persons.get(browser, "/search?search=" + URLEncoder.encode(typed, StandardCharsets.UTF_8));
    }
}
