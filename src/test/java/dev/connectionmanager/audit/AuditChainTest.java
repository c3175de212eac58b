package dev.connectionmanager.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.testing.AtOnce;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.testing.PortalTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How events get their place, and that nothing gets it back. */
@PortalTest
class AuditChainTest {
    @Inject
    AuditTrail trail;

    @Inject
    EntityManager entities;

    @Inject
    DataSource dataSource;

    private final UUID team = UUID.randomUUID();

    @Test
    void eventsFollowEachOtherWithoutAGapAndEachKnowsTheOneBefore() {
        for (int i = 0; i < 3; i++) {
            append(team, team);
        }
        var events = chain(team);
        assertThat(events).extracting(AuditEvent::sequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(events.get(0).previousHash()).isEqualTo("0".repeat(64));
        for (int i = 1; i < events.size(); i++) {
            assertThat(events.get(i).previousHash()).isEqualTo(events.get(i - 1).hash());
            assertThat(events.get(i).at()).isAfter(events.get(i - 1).at());
        }
    }

    @Test
    void whatBelongsToNoTeamHasAChainOfItsOwn() {
        append((UUID) null);
        assertThat(entities.createQuery("from AuditEvent where chain = 'portal'", AuditEvent.class)
                        .getResultList())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.teamId()).isNull());
    }

    @Test
    void whatIsRolledBackIsNotTold() {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    trail.write(entry(team));
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");
        append(team);
        assertThat(chain(team)).extracting(AuditEvent::sequence).containsExactly(1L);
    }

    @Test
    void nothingIsToldOutsideATransaction() {
        assertThatThrownBy(() -> trail.write(entry(team))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aNameWithACharacterThatTheDatabaseCannotHoldIsToldAllTheSame() {
        QuarkusTransaction.requiringNew()
                .run(() -> trail.write(new AuditEntry(
                        "a\0b", "Zero \0 and \uD800", "none", team, "tried", "thing", "x\0", null, "\0", null)));
        var event = chain(team).get(0);
        assertThat(event.actor()).isEqualTo("a\uFFFDb");
        assertThat(event.before()).isEqualTo("\"\\u0000\"");
    }

    @Test
    void eightAtOnceInOneChainLeaveNoGap() throws Exception {
        AtOnce.all(
                () -> {
                    for (int i = 0; i < 10; i++) {
                        append(team);
                    }
                    return null;
                },
                8);
        assertThat(chain(team))
                .extracting(AuditEvent::sequence)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 80).boxed().toList());
    }

    @Test
    void transactionsOverSeveralChainsNeverWaitForEachOtherInACircle() throws Exception {
        var other = UUID.randomUUID();
        AtOnce.all(
                () -> {
                    for (int i = 0; i < 10; i++) {
                        append(team, other);
                        append(other, null, team);
                    }
                    return null;
                },
                8);
        assertThat(chain(team)).hasSize(160);
        assertThat(chain(other)).hasSize(160);
    }

    /** Only the end of a transaction holds a lock, and only that of its own chain. */
    @Test
    void oneTeamDoesNotWaitForAnother() throws Exception {
        var holding = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var pool = Executors.newSingleThreadExecutor();
        try (var connection = dataSource.getConnection()) {
            append(team);
            var held = pool.submit(() -> QuarkusTransaction.requiringNew().call(() -> {
                entities.createNativeQuery("select 1 from audit_chain where chain = '" + team + "' for update")
                        .getSingleResult();
                holding.countDown();
                return release.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
            }));
            Patience.await(holding);
            append(UUID.randomUUID());
            release.countDown();
            assertThat(held.get()).isTrue();
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_event set actor = 'nobody'",
                "update audit_event set actor = actor where false",
                "delete from audit_event",
                "truncate audit_event",
                "truncate audit_event cascade",
                "set session_replication_role = replica; delete from audit_event",
                "delete from audit_chain",
                "truncate audit_chain",
                "update audit_chain set sequence = sequence - 1",
                "update audit_chain set hash = '\\x00'"
            })
    void refusesEvenTheOwner(String statement) throws Exception {
        append(team);
        try (var connection = dataSource.getConnection();
                var sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> sql.execute(statement)).hasMessageContaining("append-only");
            connection.rollback();
            connection.setAutoCommit(true);
            sql.execute("set session_replication_role = default");
        }
    }

    @Test
    void nobodyChoosesPlaceTimeOrHash() throws Exception {
        append(team);
        try (var connection = dataSource.getConnection();
                var sql = connection.createStatement()) {
            sql.execute("""
                    insert into audit_event (id, at, actor, actor_name, role, team_id, act, object, object_id, request_id,
                        chain, sequence, previous_hash, hash)
                    values (gen_random_uuid(), '2001-01-01', 'a', 'A', 'none', '%s', 'forged', 'thing', 'x',
                        gen_random_uuid(), 'other', 99, '\\x00', '\\x00')""".formatted(team));
        }
        assertThat(chain(team)).hasSize(2).last().satisfies(forged -> {
            assertThat(forged.sequence()).isEqualTo(2);
            assertThat(forged.chain()).isEqualTo(team.toString());
            assertThat(forged.at()).isAfter("2026-01-01T00:00:00Z");
            assertThat(forged.hash()).hasSize(64);
        });
    }

    private void append(UUID... teams) {
        assertThatCode(() -> QuarkusTransaction.requiringNew().run(() -> {
                    for (var each : teams) {
                        trail.write(entry(each));
                    }
                }))
                .doesNotThrowAnyException();
    }

    private static AuditEntry entry(UUID team) {
        return new AuditEntry("sub", "Name", "owner", team, "tried", "thing", "x", 1, null, List.of("after"));
    }

    private List<AuditEvent> chain(UUID of) {
        return entities.createQuery("from AuditEvent where chain = ?1 order by sequence", AuditEvent.class)
                .setParameter(1, of.toString())
                .getResultList();
    }
}
