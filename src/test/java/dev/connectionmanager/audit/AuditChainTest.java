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
    Sealer sealer;

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
            assertThat(events.get(i).at()).isAfterOrEqualTo(events.get(i - 1).at());
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
    void transactionsOverSeveralChainsAreSealedInOneOrder() throws Exception {
        var other = UUID.randomUUID();
        AtOnce.all(
                () -> {
                    for (int i = 0; i < 10; i++) {
                        append(team, other);
                        append(other, null, team);
                        sealer.seal();
                    }
                    return null;
                },
                8);
        assertThat(chain(team)).hasSize(160);
        assertThat(chain(other)).hasSize(160);
        assertThat(texts("select chain from audit_seal s where position < (select max(position) from audit_seal b"
                        + " where b.chain = s.chain and b.sequence < s.sequence)"))
                .isEmpty();
        assertThat(texts("select count(*) || ' ' || max(position) from audit_seal"))
                .as("positions have no gap")
                .allMatch(both -> both.split(" ")[0].equals(both.split(" ")[1]));
    }

    /** Neither another team nor the same one: whoever tells something locks nothing. */
    @Test
    void nobodyWaitsForAnother() throws Exception {
        var holding = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var pool = Executors.newSingleThreadExecutor();
        try (var connection = dataSource.getConnection();
                var sql = connection.createStatement()) {
            var held = pool.submit(() -> QuarkusTransaction.requiringNew().call(() -> {
                tell(team);
                holding.countDown();
                return release.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
            }));
            Patience.await(holding);
            append(team);
            connection.setAutoCommit(false);
            sql.execute("select pg_advisory_xact_lock(cast(cast(cast('audit_seal' as regclass) as oid) as bigint))");
            append(team);
            connection.rollback();
            connection.setAutoCommit(true);
            release.countDown();
            assertThat(held.get()).isTrue();
        } finally {
            pool.shutdownNow();
        }
        assertThat(chain(team)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_entry set actor = 'nobody'",
                "update audit_entry set actor = actor where false",
                "delete from audit_entry",
                "truncate audit_entry",
                "truncate audit_entry cascade",
                "set session_replication_role = replica; delete from audit_entry",
                "delete from audit_seal",
                "truncate audit_seal",
                "update audit_seal set sequence = sequence - 1",
                "update audit_seal set hash = '\\x00'",
                "set session_replication_role = replica; delete from audit_seal"
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
    void nobodyChoosesChainTimeOrWhenItIsSealed() throws Exception {
        append(team);
        try (var connection = dataSource.getConnection();
                var sql = connection.createStatement()) {
            sql.execute("""
                    insert into audit_entry (id, at, actor, actor_name, role, team_id, act, object, object_id, request_id,
                        chain, transaction, number)
                    values (gen_random_uuid(), '2001-01-01', 'a', 'A', 'none', '%s', 'forged', 'thing', 'x',
                        gen_random_uuid(), 'other', '1', 1)""".formatted(team));
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

    /** What a transaction tells by itself, long before it ends. */
    private void tell(UUID team) {
        entities.createNativeQuery("""
                        insert into audit_entry (id, actor, actor_name, role, team_id, act, object, object_id, request_id)
                        values (gen_random_uuid(), 'a', 'A', 'none', :team, 'told', 'thing', 'x', gen_random_uuid())""").setParameter("team", team).executeUpdate();
    }

    private static AuditEntry entry(UUID team) {
        return new AuditEntry("sub", "Name", "owner", team, "tried", "thing", "x", 1, null, List.of("after"));
    }

    @SuppressWarnings("unchecked")
    private List<String> texts(String query) {
        return entities.createNativeQuery(query, String.class).getResultList();
    }

    private List<AuditEvent> chain(UUID of) {
        sealer.seal();
        return entities.createQuery("from AuditEvent where chain = ?1 order by sequence", AuditEvent.class)
                .setParameter(1, of.toString())
                .getResultList();
    }
}
