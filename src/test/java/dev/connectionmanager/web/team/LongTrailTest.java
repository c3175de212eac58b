package dev.connectionmanager.web.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Comes last: whoever reads the whole trail after it would read all of this. */
@PortalTest
@Order(Integer.MAX_VALUE)
class LongTrailTest {
    @Inject
    Sql sql;

    /** More than would fit, were it kept: 60,000 events of some 1,500 bytes each once they are read. */
    @Test
    void aLongTrailIsStreamed() throws Exception {
        var team = UUID.randomUUID();
        for (int part = 0; part < 6; part++) {
            sql.execute("""
                    insert into audit_entry (id, actor, actor_name, role, team_id, act, object, object_id, version, after,
                        request_id)
                    select gen_random_uuid(), 'sub', 'Name', 'owner', '%s', 'tried', 'thing', 'x', i, '"after"',
                        gen_random_uuid()
                    from generate_series(1, 10000) i""".formatted(team));
        }
        var request = HttpRequest.newBuilder(URI.create(Persons.address() + "/review/audit/export.jsonl?team=" + team))
                .build();
        var runtime = Runtime.getRuntime();
        var most = 0L;
        var lines = 0;
        System.gc();
        var before = runtime.totalMemory() - runtime.freeMemory();
        try (var body = Persons.browser("operator")
                .send(request, BodyHandlers.ofLines())
                .body()) {
            for (var line = body.iterator(); line.hasNext(); line.next()) {
                lines++;
                if (lines % 20_000 == 0) {
                    System.gc();
                    most = Math.max(most, runtime.totalMemory() - runtime.freeMemory() - before);
                }
            }
        }
        assertThat(lines).isEqualTo(60_000);
        assertThat(most).as("bytes held while it is read").isLessThan(32L * 1024 * 1024);
    }
}
