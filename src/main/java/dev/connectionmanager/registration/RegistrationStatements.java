package dev.connectionmanager.registration;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.ApplicationStore;
import dev.connectionmanager.credential.ClientSecret;
import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * A registration as it is read and written: all that it needs in one statement, all that it makes in another. The second takes the
 * locks first, that of the application alone and that of its team with the other registrations of the team, and each part sees
 * what was committed before them; then it writes, if everything is as it was read, or nothing.
 */
@ApplicationScoped
class RegistrationStatements {
    /** Whether operators keep a client of the team of {@code application a} out; a deleted one counts while it can be restored. */
    private static final String SUSPENDED_IN_TEAM = """
            exists (select 1 from registration s
                where s.environment = ? and s.state = 'SUSPENDED' and (s.deleted_at is null or s.deleted_at > ?)
                    and s.team_id = a.team_id)""";

    private static final String READ = "select " + ApplicationStore.COLUMNS + """
            , r.id, r.environment, r.client_id, r.state, r.revision, r.issued_at, r.suspended_at, r.suspension_reason, r.version,
                v.metadata, v.warnings,
            """ + SUSPENDED_IN_TEAM + """
             as suspended_in_team
            from application a
            left join registration r on r.application_id = a.id and r.environment = ? and r.deleted_at is null
            left join revision v on v.registration_id = r.id and v.number = r.revision
            where a.id = ? and a.deleted_at is null""";

    /** Whoever suspends a client takes the team's row for itself: of the two one waits for the other. */
    private static final String LOCK = """
            select 1 from application where id = ? for no key update;
            select 1 from team where id = ? for share;
            """;

    private static final String AS_READ = """
            with fit as (select 1 from application a
                where a.id = ? and a.team_id = ? and a.category = ? and a.application_type = ? and a.deleted_at is null
                    and (? or not
            """ + SUSPENDED_IN_TEAM + ")\n";

    private static final String AS_CREDENTIAL =
            "and exists (select 1 from api_credential where id = ? and revoked_at is null and expires_at > ?)";
    private static final String AS_MEMBER =
            "and exists (select 1 from member where team_id = ? and subject = ? and role in ('ADMIN', 'OWNER'))";

    private static final String ISSUE = """
                and not exists (select 1 from registration r where r.application_id = a.id and r.environment = ?
                    and r.deleted_at is null)),
            reserved as (insert into issued_client_id (number, client_id, issued_at)
                select split_part(n.id, '.', 1), n.id, ? from fit, (values (?::text)) n (id) on conflict do nothing
                returning client_id),
            written as (insert into registration
                (id, application_id, team_id, environment, client_id, state, revision, issued_at, version)
                select ?, ?, ?, ?, client_id, 'ACTIVE', 1, ?, 0 from reserved returning id, revision),
            secret as (insert into client_secret (id, registration_id, ciphertext, fingerprint, last_four, issued_at)
                select s.id, written.id, s.ciphertext, s.fingerprint, s.last_four, s.issued_at
                from written, (values (?::uuid, ?::bytea, ?::bytea, ?::text, ?::timestamptz))
                    s (id, ciphertext, fingerprint, last_four, issued_at)
                where s.id is not null),
            """;

    private static final String CHANGE = """
                and exists (select 1 from registration r where r.id = ? and r.version = ? and r.deleted_at is null)),
            written as (update registration set revision = revision + 1, version = version + 1
                where id = ? and exists (select 1 from fit) returning id, revision),
            """;

    private static final String REVISE = """
            revised as (insert into revision (id, registration_id, number, metadata, warnings, actor, actor_name, at)
                select ?, id, revision, ?::jsonb, ?::jsonb, ?, ?, ? from written returning 1)
            select exists (select 1 from fit), exists (select 1 from revised)""";

    private final DataSource database;
    private final Clock clock;

    RegistrationStatements(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What stands registered in this environment for an application that is there. */
    Optional<Read> read(UUID applicationId, String environment) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(READ)) {
            new Values(query).all(environment, restorableSince(), environment, applicationId);
            try (var row = query.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The registration could not be read", e);
        }
    }

    private static Read read(ResultSet row) throws SQLException {
        var application = ApplicationStore.read(row);
        var current = row.getObject("id") == null
                ? Optional.<RegistrationSnapshot>empty()
                : Optional.of(new RegistrationSnapshot(
                        application,
                        Registration.of(row),
                        StoredJson.read(row.getString("metadata"), ClientMetadata.class),
                        StoredJson.read(row.getString("warnings"), Violations.class)));
        return new Read(application, current, row.getBoolean("suspended_in_team"));
    }

    /**
     * Writes a new registration and its first revision, in the caller's transaction.
     *
     * @param secret issued with it; {@code null} = none
     */
    WriteResult issue(Writing writing, Registration issued, ClientSecret secret) {
        return write(writing, ISSUE, values -> {
            values.all(issued.environment(), issued.issuedAt(), issued.clientId());
            values.all(
                    issued.id(),
                    issued.applicationId(),
                    writing.application().teamId(),
                    issued.environment(),
                    issued.issuedAt());
            if (secret == null) {
                values.all(null, null, null, null, null);
            } else {
                values.all(
                        secret.id(), secret.ciphertext(), secret.fingerprint(), secret.lastFour(), secret.issuedAt());
            }
        });
    }

    /** Writes the next revision of a registration, in the caller's transaction. */
    WriteResult change(Writing writing, Registration before) {
        return write(writing, CHANGE, values -> values.all(before.id(), before.version(), before.id()));
    }

    private WriteResult write(Writing writing, String what, Binding binding) {
        var statement = LOCK + AS_READ + writing.rights().text + what + REVISE;
        // Within a transaction this is the transaction's connection.
        try (var connection = database.getConnection();
                var write = connection.prepareStatement(statement)) {
            var values = new Values(write);
            bindAsRead(values, writing);
            binding.bind(values);
            values.all(
                    UUID.randomUUID(),
                    StoredJson.write(writing.metadata()),
                    StoredJson.write(writing.warnings()),
                    writing.actor().subject(),
                    writing.actor().name(),
                    clock.instant());
            write.execute();
            // Two locks, then what was written.
            write.getMoreResults();
            write.getMoreResults();
            try (var row = write.getResultSet()) {
                row.next();
                return row.getBoolean(2)
                        ? WriteResult.WRITTEN
                        : row.getBoolean(1) ? WriteResult.TAKEN : WriteResult.NOT_AS_READ;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The registration could not be written", e);
        }
    }

    private void bindAsRead(Values values, Writing writing) throws SQLException {
        var application = writing.application();
        var now = clock.instant();
        values.all(application.id(), application.teamId());
        // The category stands in the client ID, and the rules judged by the type.
        values.all(
                application.id(),
                application.teamId(),
                application.details().category(),
                application.details().applicationType());
        values.all(writing.rights() == Rights.ASKED_FOR, writing.environment(), restorableSince());
        switch (writing.rights()) {
            case CREDENTIAL -> values.all(writing.actor().credentialId().orElseThrow(), now);
            case MEMBER -> values.all(application.teamId(), writing.actor().subject());
            case DECISION, TOKEN, ASKED_FOR -> {
                // Nothing is asked again.
            }
        }
    }

    private Instant restorableSince() {
        return clock.instant().minus(Registration.RESTORABLE);
    }

    /**
     * @param current empty where nothing is registered
     * @param suspendedInTeam whether operators keep a client of this team out in this environment
     */
    record Read(Application application, Optional<RegistrationSnapshot> current, boolean suspendedInTeam) {}

    /** What is to be written, by whom and of which application. */
    record Writing(
            Actor actor,
            Rights rights,
            Application application,
            String environment,
            ClientMetadata metadata,
            Violations warnings) {}

    /** Whether it is asked once more, under the lock, if the actor may, and if no client of the team is kept out. */
    enum Rights {
        CREDENTIAL(AS_CREDENTIAL),
        MEMBER(AS_MEMBER),
        /** It is in force by a decision: that one may decide was judged already. */
        DECISION(""),
        /** A token for registration: whether it still is one is asked with what is written alongside. */
        TOKEN(""),
        /** Both were judged under the lock already. */
        ASKED_FOR("");

        private final String text;

        Rights(String text) {
            this.text = text;
        }

        static Rights of(Actor actor) {
            return switch (actor.kind()) {
                case CREDENTIAL -> CREDENTIAL;
                case TOKEN -> TOKEN;
                case PERSON, AUDITOR, PORTAL -> MEMBER;
            };
        }
    }

    enum WriteResult {
        WRITTEN,
        /** Nothing was written: the number of the client ID was issued before. */
        TAKEN,
        /** Nothing was written: something has changed since it was read. */
        NOT_AS_READ
    }

    @FunctionalInterface
    private interface Binding {
        void bind(Values values) throws SQLException;
    }

    /** The values of a statement, one after another. */
    private static final class Values {
        private final PreparedStatement statement;
        private int bound;

        private Values(PreparedStatement statement) {
            this.statement = statement;
        }

        private void all(Object... values) throws SQLException {
            for (var value : values) {
                bound++;
                if (value instanceof Instant time) {
                    statement.setObject(bound, OffsetDateTime.ofInstant(time, ZoneOffset.UTC));
                } else if (value instanceof Enum<?> constant) {
                    statement.setString(bound, constant.name());
                } else if (value == null) {
                    statement.setNull(bound, Types.NULL);
                } else {
                    statement.setObject(bound, value);
                }
            }
        }
    }
}
