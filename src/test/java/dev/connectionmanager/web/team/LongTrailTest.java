package dev.connectionmanager.web.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Comes last: whoever reads the whole trail after it would read all of this. */
@PortalTest
@Order(Integer.MAX_VALUE)
class LongTrailTest {
    @Inject
    DataSource dataSource;

    /** More than would fit, were it kept: 60,000 events of some 1,500 bytes each once they are read. */
    @Test
    void aLongTrailIsStreamed() throws Exception {
        var team = UUID.randomUUID();
        // As the trigger would, which is slow for so many in one transaction: a chain like any other.
        try (var connection = dataSource.getConnection();
                var sql = connection.createStatement()) {
            sql.execute("set session_replication_role = replica");
            sql.execute("""
                do $$ declare
                    event audit_event;
                    latest bytea := decode(repeat('00', 32), 'hex');
                begin
                    for i in 1..60000 loop
                        event := row(gen_random_uuid(), clock_timestamp(), 'sub', 'Name', 'owner', '%1$s', 'tried',
                            'thing', 'x', i, null, '"after"', gen_random_uuid(), '%1$s', i, latest, null, null);
                        latest := audit_event_hash(event);
                        event.hash := latest;
                        insert into audit_event values (event.*);
                    end loop;
                    insert into audit_chain values (event.chain, event.sequence, latest, event.at);
                end $$""".formatted(team));
            sql.execute("set session_replication_role = default");
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
