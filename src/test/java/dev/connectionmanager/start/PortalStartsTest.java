package dev.connectionmanager.start;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@PortalTest
class PortalStartsTest {
    @Inject
    Sql sql;

    /** Each by a yes of their own, which is in the trail; nobody has to log in first. */
    @Test
    void theUsersOfLocalModeAreMembersFromTheStart() {
        assertThat(sql.text("""
                        select string_agg(joined.actor, ' ' order by joined.actor) from audit_entry joined
                        where joined.act = 'member-joined' and joined.role <> 'none' and joined.actor like 'local-%' and exists (
                            select from audit_entry made where made.act = 'team-created'
                            and made.actor = 'portal' and made.request_id = joined.request_id)
                        """)).isEqualTo("local-admin local-other-owner local-owner local-viewer");
    }

    @Test
    void answersHealthChecks() {
        given().get("/q/health").then().statusCode(200);
    }
}
