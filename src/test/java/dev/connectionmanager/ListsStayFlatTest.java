package dev.connectionmanager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.application.Applications;
import dev.connectionmanager.application.Attestations;
import dev.connectionmanager.audit.AuditFilter;
import dev.connectionmanager.audit.AuditSearch;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Total;
import dev.connectionmanager.registration.Registration.State;
import dev.connectionmanager.registration.list.ClientSearch;
import dev.connectionmanager.registration.list.EndpointProblems;
import dev.connectionmanager.registration.list.TeamRegistrations;
import dev.connectionmanager.registration.list.TeamRegistrations.Filter;
import dev.connectionmanager.review.RequestFilter;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.TeamRequests;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.web.layout.Totals;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * However many there are, a page of them reads few rows. PostgreSQL counts what one transaction reads: in it much is made,
 * one page is read, and all is taken back.
 */
@PortalTest
class ListsStayFlatTest {
    private static final int PAGE = 25;
    /** Of 5,000 and what each is of: at most 1,500 are passed on the way, and those that are shown are read. */
    private static final long FEW = 3_000;

    private static final Cursor MIDDLE = new Cursor("Flat Odd 2500", new UUID(0, 0));
    private static final Actor OPERATOR = Actor.person("local-operator", "", "Opal Operator", true, Map.of());
    private static final String TEAMS = """
            insert into team (id, name, categories, created_at, version)
                select gen_random_uuid(), 'Flat ' || case when i % 2 = 0 then 'Even ' else 'Odd ' end || i, '{SUPPLIER}',
                    now() - interval '1 year', 0
                from generate_series(1, 5000) i;
            analyze team, attestation_due""";
    private static final String APPLICATIONS = """
            insert into application (id, team_id, name, description, category, application_type, contacts, created_at, version)
                select gen_random_uuid(), '%s', 'Flat ' || case when i %% 2 = 0 then 'Even ' else 'Odd ' end || i, '',
                    'SUPPLIER', 'WEB', '{}', now(), 0
                from generate_series(1, 5000) i;
            analyze application""".formatted(Api.OTHER_TEAM);

    /** All troubled: those that fail first, and those whose certificates end. */
    private static final String ENDPOINTS = APPLICATIONS + """
            ;
            insert into issued_client_id select (970000000000 + row_number() over ())::text,
                    (970000000000 + row_number() over ())::text || '.apps.supplier', now()
                from application where name like 'Flat %';
            insert into registration (id, application_id, environment, client_id, state, revision, issued_at, version)
                select gen_random_uuid(), a.id, 'integration', (970000000000 + row_number() over ())::text || '.apps.supplier',
                    'ACTIVE', 1, now(), 0
                from application a where a.name like 'Flat %';
            insert into endpoint_health (id, registration_id, field, uri, checked_at, failing_since, fault, broken,
                    certificate_ends, certificate_attention)
                select gen_random_uuid(), r.id, 'jwks_uri', '', now(), case n % 2 when 0 then now() - n * interval '1 minute' end,
                    case n % 2 when 0 then 'dns-failed' end, false, now() + n * interval '1 minute', now()
                from (select id, row_number() over () as n from registration where client_id like '97000000%') r;
            analyze registration, endpoint_health""";

    /** Each has an address that all have and one of its own; few are suspended or were warned of anything. */
    private static final String REGISTRATIONS = APPLICATIONS + """
            ;
            insert into issued_client_id select (980000000000 + row_number() over ())::text,
                    (980000000000 + row_number() over ())::text || '.apps.supplier', now()
                from application where name like 'Flat %';
            insert into registration (id, application_id, environment, client_id, state, revision, issued_at, suspended_at,
                    suspension_reason, version)
                select gen_random_uuid(), a.id, 'integration', (980000000000 + n)::text || '.apps.supplier',
                    case n % 1000 when 0 then 'SUSPENDED' else 'ACTIVE' end, 1, now() + n * interval '1 second',
                    case n % 1000 when 0 then now() end, case n % 1000 when 0 then 'Odd.' end, 0
                from (select id, row_number() over () as n from application where name like 'Flat %') a;
            insert into revision (id, registration_id, number, metadata, warnings, actor, actor_name, at)
                select gen_random_uuid(), r.id, 1, jsonb_build_object('client_name', 'Flat', 'application_type', 'web',
                        'token_endpoint_auth_method', 'client_secret_basic', 'redirect_uris',
                        jsonb_build_array('https://flat.supplier.co.uk/all', 'https://flat.supplier.co.uk/' || r.client_id)),
                    case right(split_part(r.client_id, '.', 1), 3) when '500' then
                        '{"all": [{"path": "redirect_uris/0", "rule": "redirect-uri-not-public", "arguments": []}]}'
                        else '{"all": []}' end::jsonb,
                    'x', 'X', now()
                from registration r where r.client_id like '98%';
            analyze registration, revision""";

    private static final String REQUESTS = APPLICATIONS + """
            ;
            insert into production_request (id, application_id, environment, state, candidate, edition, editors, editor_teams,
                    fields_to_change, created_at, updated_at, updated_by, submitted_at, decided_at, version)
                select gen_random_uuid(), id, 'production', 'REJECTED', '{}', 1, '{}', '{}', '{}', now(), now(), '', now(), now(), 0
                from application where name like 'Flat %';
            analyze production_request""";

    /** Each by somebody of their own; few are of an act that is rare. */
    private static final String EVENTS = """
            insert into audit_entry (id, actor, actor_name, role, act, object, object_id, request_id, chain)
                select gen_random_uuid(), 'flat-' || i, 'Flat ' || i, 'viewer',
                    case i % 1000 when 0 then 'flat-rare' else 'flat' end, 'flat', i::text, gen_random_uuid(), 'flat'
                from generate_series(1, 5000) i;
            analyze audit_entry""";

    @Inject
    EntityManager entities;

    @Inject
    ClientSearch clients;

    @Inject
    Requests productionRequests;

    @Inject
    AuditSearch trail;

    @Inject
    TeamRegistrations registrations;

    @Inject
    Teams teams;

    @Inject
    Applications applications;

    @Inject
    Attestations attestations;

    @Inject
    TeamRequests requests;

    @Inject
    EndpointProblems troubles;

    @Test
    void aPageOfTeamsReadsFew() {
        afterwardsUndone(() -> {
            run(TEAMS);
            for (var search : List.of("", "flat", "flat even", "4711", "nowhere", Api.OTHER_TEAM)) {
                readsFew(search, () -> teams.page(OPERATOR, search, null, PAGE));
            }
            readsFew("deep inside", () -> teams.page(OPERATOR, "", MIDDLE, PAGE));
            readsFew("overdue", () -> attestations.overdue(OPERATOR, null, PAGE));
        });
    }

    @Test
    void aPageOfATeamsApplicationsReadsFew() {
        var team = UUID.fromString(Api.OTHER_TEAM);
        afterwardsUndone(() -> {
            run(APPLICATIONS);
            for (var name : List.of("", "flat", "even")) {
                readsFew(name, () -> applications.page(OPERATOR, team, name, null, null, PAGE));
            }
            readsFew("deep inside", () -> applications.page(OPERATOR, team, "", null, MIDDLE, PAGE));
        });
    }

    @Test
    void aPageOfATeamsRegistrationsReadsFew() {
        var team = UUID.fromString(Api.OTHER_TEAM);
        var address = "https://flat.supplier.co.uk/";
        var one = "980000004711.apps.supplier";
        afterwardsUndone(() -> {
            run(REGISTRATIONS);
            var found = Map.of(
                    new Filter(null, null, null, null, null), PAGE,
                    new Filter("integration", null, null, null, null), PAGE,
                    new Filter("nowhere", null, null, null, null), 0,
                    new Filter(null, State.ACTIVE, null, null, null), PAGE,
                    new Filter(null, State.SUSPENDED, null, null, null), 5,
                    new Filter(null, null, one, null, null), 1,
                    new Filter(null, null, null, address + one, null), 1,
                    new Filter(null, null, null, address + "nobody's", null), 0,
                    new Filter(null, null, null, address + "all", null), PAGE,
                    new Filter(null, null, null, null, Rule.REDIRECT_URI_NOT_PUBLIC), 5);
            found.forEach((filter, many) -> readsFew(filter.toString(), () -> assertThat(registrations
                            .page(OPERATOR, team, filter, null, PAGE)
                            .items())
                    .hasSize(many)));
            var middle = Cursor.at(Instant.now().plusSeconds(2_500), new UUID(0, 0));
            readsFew(
                    "deep inside",
                    () -> registrations.page(OPERATOR, team, new Filter(null, null, null, null, null), middle, PAGE));
        });
    }

    @Test
    void aPageOfClientsReadsFew() {
        afterwardsUndone(() -> {
            run(REGISTRATIONS);
            Map.of("flat", PAGE, "flat odd", PAGE, "Flat 4711", 1, "980000004711.apps", 1, "nowhere", 0)
                    .forEach((search, many) -> readsFew(search, () -> assertThat(
                                    clients.page(OPERATOR, new ClientSearch.Filter(search, null, null), null, PAGE)
                                            .items())
                            .hasSize(many)));
        });
    }

    @Test
    void aPageOfRequestsReadsFew() {
        afterwardsUndone(() -> {
            run(REQUESTS);
            expectAMillion("production_request");
            var team = UUID.fromString(Api.OTHER_TEAM);
            var viewer = Actor.person("flat", "", "Flat Viewer", false, Map.of(team, Role.VIEWER));
            for (var order : List.of(RequestFilter.Order.NEWEST, RequestFilter.Order.LATEST)) {
                readsFew("of a team", () -> productionRequests.page(viewer, RequestFilter.ALL, order, null, PAGE));
            }
            Map.of("flat", PAGE, "flat odd", PAGE, "Flat 4711", 1, "nowhere", 0).forEach((search, many) -> {
                var filter = new RequestFilter(Set.of(), null, null, null, null, null, null, search, null);
                readsFew(search, () -> assertThat(productionRequests
                                .page(OPERATOR, filter, RequestFilter.Order.NEWEST, null, PAGE)
                                .items())
                        .hasSize(many));
            });
        });
    }

    @Test
    void aPageOfTheTrailReadsFew() {
        afterwardsUndone(() -> {
            run(EVENTS);
            Map.of("flat", PAGE, "Flat 4711", 1, "flat-4711", 1, "nobody", 0)
                    .forEach((person, many) -> readsFew(
                            person, () -> assertThat(trail.newestFirst(AuditFilter.ALL.withPerson(person), null, PAGE)
                                            .items())
                                    .hasSize(many)));
            readsFew("act", () -> assertThat(trail.newestFirst(AuditFilter.ALL.act("flat-rare"), null, PAGE)
                            .items())
                    .hasSize(5));
        });
    }

    @Test
    void aPageOfTroubledEndpointsReadsFew() {
        afterwardsUndone(() -> {
            run(ENDPOINTS);
            for (var kind : EndpointProblems.Kind.values()) {
                var filter = new EndpointProblems.Filter("", "", kind);
                readsFew(kind.code(), () -> assertThat(
                                troubles.page(OPERATOR, filter, null, PAGE).items())
                        .hasSize(PAGE));
            }
            var filter = new EndpointProblems.Filter("flat", "", null);
            readsFew("by words", () -> assertThat(
                            troubles.page(OPERATOR, filter, null, PAGE).items())
                    .hasSize(PAGE));
        });
    }

    @Test
    void totalsAreExactToTenThousandAndNoFurther() {
        assertThat(Totals.said(10_000)).isEqualTo("10000");
        assertThat(Totals.said(10_001)).isEqualTo("more than 10,000");
        afterwardsUndone(() -> {
            ask(9_999 - requests.waiting(OPERATOR));
            assertThat(requests.waiting(OPERATOR)).isEqualTo(9_999);
            ask(1_000);
            assertThat(requests.waiting(OPERATOR)).isEqualTo(Total.COUNTED);
        });
    }

    private void ask(long many) {
        run("""
                insert into team_request (id, team_id, name, categories, contact, subject, requester_name, requester_email,
                        state, created_at, version)
                    select gen_random_uuid(), gen_random_uuid(), 'Flat', '{SUPPLIER}', '', 'flat', '', '', 'PENDING', now(), 0
                    from generate_series(1, %d)""".formatted(many));
    }

    private void afterwardsUndone(Runnable test) {
        QuarkusTransaction.begin();
        try {
            // Few as they are, PostgreSQL would read all of them. Of a million it does not.
            run("set local enable_seqscan = off");
            test.run();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    /** Has PostgreSQL expect as many as there would be. */
    private void expectAMillion(String table) {
        run("update pg_class set reltuples = reltuples * 200 where relname = '" + table + "'");
    }

    private void readsFew(String name, Runnable list) {
        long before = rowsRead();
        list.run();
        assertThat(rowsRead() - before).as(name).isLessThan(FEW);
    }

    private long rowsRead() {
        return ((Number) entities.createNativeQuery("select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))"
                                + " from pg_stat_xact_user_tables")
                        .getSingleResult())
                .longValue();
    }

    private void run(String statements) {
        for (var statement : statements.split(";")) {
            entities.createNativeQuery(statement).executeUpdate();
        }
    }
}
