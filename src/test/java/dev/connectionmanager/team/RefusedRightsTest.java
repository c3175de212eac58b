package dev.connectionmanager.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.audit.AuditEvent;
import dev.connectionmanager.audit.AuditFilter;
import dev.connectionmanager.audit.AuditSearch;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.PortalTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@PortalTest
class RefusedRightsTest {
    private static final UUID FIRST = UUID.fromString(Api.FIRST_TEAM);

    @Inject
    RefusedRights refusedRights;

    @Inject
    AuditSearch search;

    private final Actor stranger = Actor.person(UUID.randomUUID().toString(), "", "Sam Stranger", false, Map.of());

    @Test
    void aMissingRoleIsToldToTheTeam() {
        var path = Api.newApplication("Kept");
        var reader = Api.with(Credentials.issue("Refused", "read", null).path("token"));
        reader.patch(path, Map.of("name", "Mine"), "If-Match: \"0\"").then().statusCode(403);
        assertThat(newest(FIRST.toString())).satisfies(event -> {
            assertThat(event.act()).isEqualTo("right-refused");
            assertThat(event.actorName()).isEqualTo("API credential ‘Refused’");
            assertThat(event.role()).isEqualTo("credential");
            assertThat(event.objectId()).isEqualTo("PATCH " + path);
            assertThat(event.after()).contains("scope-read");
        });
    }

    @Test
    void anAttemptWithAnIdempotencyKeyIsToldToo() {
        var path = "/api/v1/teams/" + Api.FIRST_TEAM + "/applications";
        var token = Credentials.issue("Keyed", "read", null).<String>path("token");
        Api.with(token)
                .request()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("name", "Mine", "category", "supplier", "application_type", "web"))
                .post(path)
                .then()
                .statusCode(403);
        assertThat(newest(FIRST.toString())).satisfies(event -> {
            assertThat(event.act()).isEqualTo("right-refused");
            assertThat(event.objectId()).isEqualTo("POST " + path);
        });
    }

    @Test
    void aStrangersAttemptIsToldToOperatorsAlone() {
        var issued = Api.as("other-owner")
                .post(
                        "/api/v1/teams/" + Api.OTHER_TEAM + "/api-credentials",
                        Map.of("name", "Strange", "scope", "read"))
                .<String>path("token");
        var path = Api.newApplication("Hidden");
        var before = newest(FIRST.toString()).sequence();
        Api.with(issued).get(path).then().statusCode(404);
        assertThat(newest(FIRST.toString()).sequence()).isEqualTo(before);
        assertThat(newest(AuditEvent.PORTAL)).satisfies(event -> {
            assertThat(event.act()).isEqualTo("right-refused");
            assertThat(event.objectId()).isEqualTo("GET " + path);
            assertThat(event.after()).contains(Api.FIRST_TEAM);
        });
    }

    @Test
    void whatIsUnknownOrOnlyWrongIsNoRefusedRight() {
        refusedRights.tell(stranger, new Refusal.NotFound(), "GET", "/teams/x");
        refusedRights.tell(stranger, new Refusal.Stale(), "PUT", "/teams/x");
        refusedRights.tell(stranger, new Refusal.Rejected(Violations.NONE), "POST", "/teams/x");
        assertThat(told()).isEmpty();
    }

    @Test
    void nobodyFillsTheDiskAndWhatIsNotToldIsCounted() {
        for (int i = 0; i < RefusedRights.TOLD_PER_ACTOR_AND_HOUR + 20; i++) {
            refusedRights.tell(stranger, new Refusal.NotFound(FIRST), "GET", "/teams/" + FIRST);
        }
        assertThat(told())
                .hasSizeBetween(RefusedRights.TOLD_PER_ACTOR_AND_HOUR, RefusedRights.TOLD_PER_ACTOR_AND_HOUR + 1);
        var another = Actor.person(UUID.randomUUID().toString(), "", "A", false, Map.of());
        refusedRights.tell(another, new Refusal.NotFound(FIRST), "GET", "/teams/" + FIRST);
        assertThat(newest(AuditEvent.PORTAL).actor())
                .as("others are told still")
                .isEqualTo(another.subject());
    }

    @Test
    void whatMayBeASecretInAnAddressIsNotTold() {
        refusedRights.tell(
                stranger,
                new Refusal.NotFound(FIRST),
                "GET",
                "/invitations/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFy/123456789012.apps.supplier");
        assertThat(told())
                .extracting(AuditEvent::objectId)
                .containsExactly("GET /invitations/…/123456789012.apps.supplier");
    }

    private List<AuditEvent> told() {
        return search.newestFirst(AuditFilter.ALL.withPerson(stranger.subject()), null, 100)
                .items();
    }

    private AuditEvent newest(String chain) {
        return search.newestFirst(AuditFilter.ALL.in(Set.of(chain)), null, 1)
                .items()
                .get(0);
    }
}
