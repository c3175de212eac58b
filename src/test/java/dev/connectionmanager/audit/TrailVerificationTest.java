package dev.connectionmanager.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.PortalTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a superuser does to the trail, with every trigger switched off, is found in the export by the command. Each
 * tampering is undone again. Comes first: it exports the whole trail sixty times, which other tests make long.
 */
@PortalTest
@Order(1)
class TrailVerificationTest {
    @Inject
    AuditTrail trail;

    @Inject
    AuditSearch search;

    @Inject
    Sealer sealer;

    @Inject
    EntityManager entities;

    @Inject
    Clock clock;

    @ConfigProperty(name = "connection-manager.audit.checkpoint-key")
    Path key;

    @ConfigProperty(name = "connection-manager.audit.checkpoint-directory")
    Path directory;

    @TempDir
    Path files;

    private final UUID team = UUID.randomUUID();

    @BeforeEach
    void writeFiveEventsAndConfirmThem() {
        for (int i = 1; i <= 5; i++) {
            append(i);
        }
        checkpoint();
    }

    @Test
    void whatTheDatabaseChainedIsGenuineWhateverItHolds() {
        QuarkusTransaction.requiringNew()
                .run(() -> trail.write(new AuditEntry(
                                "süb",
                                "Zoë “O’Hara” \uD83D\uDE00 \0 \uD800",
                                "owner",
                                team,
                                "tried",
                                "thing",
                                "a:b,-",
                                7,
                                Map.of("k", "\n\"\\\0"),
                                "12:x,-,")
                        .about(Map.of("application", "Größe", "environment", "-,"))));
        checkpoint();
        assertThat(verify(export())).startsWith("0 Genuine: ").contains("Confirmed up to checkpoint ");
    }

    @Test
    void editedIsFound() {
        assertThat(tampered("update audit_entry set actor_name = 'Nobody' where id = :entry(3)"))
                .isEqualTo("1 Not genuine. " + at(3) + ": what it says does not match its hash: it was changed.");
    }

    /**
     * Every field is in the hash, or what binds both halves together: of one that was forgotten, a change would go
     * unnoticed. The order over all chains is no part of the event.
     */
    @Test
    void aChangeOfAnyFieldIsFound() {
        var fields = columns();
        assertThat(fields).hasSize(TrailLine.FIELDS.size() + 3).contains("audit_seal|entry|uuid");
        for (var field : fields) {
            var parts = field.split("\\|");
            var name = parts[1];
            var another =
                    switch (parts[2]) {
                        case "uuid" -> "gen_random_uuid()";
                        case "bigint", "integer" -> "1000";
                        case "bytea" -> "'\\x01'";
                        case "timestamp with time zone" -> "at + interval '1 microsecond'";
                        default -> "coalesce(" + name + ", '') || 'x'";
                    };
            assertThat(tampered("update " + parts[0] + " set " + name + " = " + another + " where "
                            + (parts[0].equals("audit_entry") ? "id" : "entry") + " = :entry(3)"))
                    .as(field)
                    .startsWith("1 Not genuine. Chain " + team);
        }
    }

    @Test
    void deletedIsFound() {
        for (var statement : List.of(
                "delete from audit_entry where id = :entry(3)",
                "delete from audit_seal where entry = :entry(3)",
                "delete from audit_entry where id = :entry(3); delete from audit_seal where chain = :team and sequence = 3")) {
            assertThat(tampered(statement))
                    .isEqualTo(
                            "1 Not genuine. " + at(3) + " is missing or out of order: sequence 4 stands in its place.");
        }
    }

    @Test
    void truncatedIsFound() {
        assertThat(tampered("delete from audit_seal where chain = :team and sequence > 3"))
                .startsWith("1 Not genuine. " + at(4) + " is missing: the chain was cut off there, while checkpoint ")
                .endsWith(" confirms sequence 5.");
        assertThat(tampered("truncate audit_entry"))
                .startsWith("1 Not genuine. Chain ")
                .contains(", sequence 1 is missing: the whole chain is gone");
    }

    @Test
    void aWholeChainThatIsGoneIsFound() {
        assertThat(tampered("delete from audit_seal where chain = :team"))
                .startsWith("1 Not genuine. " + at(1) + " is missing: the whole chain is gone, while checkpoint ");
    }

    @Test
    void reorderedIsFound() {
        assertThat(tampered("""
                        update audit_seal set sequence = case sequence when 2 then 1003 else 1002 end
                            where chain = :team and sequence in (2, 3);
                        update audit_seal set sequence = sequence - 1000 where chain = :team and sequence > 1000"""))
                .isEqualTo("1 Not genuine. " + at(2) + ": what it says does not match its hash: it was changed.");
        var lines = new ArrayList<>(export().lines().toList());
        var third = indexOf(lines, 3);
        Collections.swap(lines, third, third + 1);
        assertThat(verify(String.join("\n", lines)))
                .isEqualTo("1 Not genuine. " + at(3) + " is missing or out of order: sequence 4 stands in its place.");
    }

    @Test
    void insertedIsFound() {
        assertThat(tampered("""
                        update audit_seal set sequence = sequence + 1001 where chain = :team and sequence > 2;
                        update audit_seal set sequence = sequence - 1000 where chain = :team and sequence > 1000;
                        insert into audit_entry select (jsonb_populate_record(e, jsonb_build_object('id', :new))).*
                            from audit_entry e where id = :entry(2);
                        insert into audit_seal select (select max(position) + 1 from audit_seal), :new, chain, 3,
                            previous_hash, hash from audit_seal where chain = :team and sequence = 2""".replace(":new", "cast('" + UUID.randomUUID() + "' as uuid)")))
                .isEqualTo("1 Not genuine. " + at(3) + ": what it says does not match its hash: it was changed.");
        var lines = new ArrayList<>(export().lines().toList());
        lines.add(indexOf(lines, 3), lines.get(indexOf(lines, 2)));
        assertThat(verify(String.join("\n", lines)))
                .isEqualTo("1 Not genuine. " + at(3) + " is missing or out of order: sequence 2 stands in its place.");
    }

    @Test
    void aChainThatWasHashedAnewFromAChangedRecordOnIsFoundByTheCheckpoint() {
        assertThat(rehashed("update audit_entry set actor_name = 'Nobody' where id = :entry(3)"))
                .startsWith("1 Not genuine. " + at(5) + ": it is not the record that checkpoint ")
                .endsWith("sequence 1 to 5 were rewritten, all or in part.");
    }

    @Test
    void checkpointsNarrowDownWhatWasRewritten() {
        append(6);
        append(7);
        checkpoint();
        assertThat(rehashed("update audit_entry set actor_name = 'Nobody' where id = :entry(6)"))
                .startsWith("1 Not genuine. " + at(7))
                .endsWith("sequence 6 to 7 were rewritten, all or in part.");
    }

    @Test
    void theYoungestRecordsAreSafeFromTheNextCheckpointOn() {
        append(6);
        var edit = "update audit_entry set actor_name = 'Nobody' where id = :entry(6)";
        var cut = "delete from audit_seal where chain = :team and sequence = 6";
        assertThat(tampered(edit)).startsWith("1 Not genuine. " + at(6));
        assertThat(rehashed(edit)).as("a limit that docs/audit-trail.md tells").startsWith("0 Genuine");
        assertThat(tampered(cut)).as("a limit that docs/audit-trail.md tells").startsWith("0 Genuine");
        checkpoint();
        assertThat(rehashed(edit)).startsWith("1 Not genuine. " + at(6));
        assertThat(tampered(cut)).startsWith("1 Not genuine. " + at(6));
    }

    /** Nothing vouches for it, and whoever may do anything in the database could change it unseen: within a second or so. */
    @Test
    void whatIsNotSealedYetIsSaidToBeSo() {
        tell(6);
        var line = export().lines()
                .filter(each -> each.contains(team.toString()) && each.contains("\"sealed\":false"))
                .toList();
        assertThat(line).singleElement().asString().doesNotContain("sequence", "hash");
        assertThat(verify(export()))
                .startsWith("0 Genuine: ")
                .containsPattern("[0-9] events are not sealed yet: nothing vouches for them\\.");
        assertThat(tampered("delete from audit_entry where team_id = :team and version = 6"))
                .as("a limit that docs/audit-trail.md tells")
                .startsWith("0 Genuine");
        assertThat(verify(line.get(0).replace("false", "false,\"sequence\":6")))
                .contains("it has a member 'sequence' and says that it is not sealed");
        sealer.seal();
        assertThat(tampered("delete from audit_entry where id = :entry(6)")).startsWith("0 Genuine");
        checkpoint();
        assertThat(tampered("delete from audit_entry where id = :entry(6)")).startsWith("1 Not genuine. " + at(6));
        var cells = new StringBuilder();
        tell(7);
        search.each(
                AuditFilter.ALL.in(java.util.Set.of(team.toString())),
                event -> cells.append(AuditExport.CSV.line(event)));
        assertThat(cells.toString().lines().toList())
                .hasSize(7)
                .last()
                .asString()
                .endsWith("\"" + team + "\",\"\",\"\",\"false\"");
    }

    @Test
    void checkpointsThatWereTamperedWithAreFound() throws IOException {
        append(6);
        checkpoint();
        var copies = Files.createDirectory(files.resolve("copies"));
        try (var all = Files.list(directory)) {
            for (var each : all.toList()) {
                Files.copy(each, copies.resolve(each.getFileName()));
            }
        }
        var numbers = new CheckpointDirectory(copies).numbers();
        var last = numbers.last();
        var first = "checkpoint-%010d.jws".formatted(last - 1);
        var original = Files.readString(copies.resolve(first));

        Files.writeString(copies.resolve(first), original.replace(".ey", ".eY"));
        assertThat(verify(export(), copies))
                .startsWith("1 Not genuine. Checkpoint " + (last - 1) + " is not genuine: ");
        Files.writeString(copies.resolve(first), new CheckpointDirectory(directory).read(last));
        assertThat(verify(export(), copies)).contains("its file holds number " + last);
        Files.writeString(copies.resolve(first), original);
        assertThat(verify(export(), copies)).startsWith("0 Genuine").doesNotContain("does not begin");
        var later = Files.createDirectory(files.resolve("later"));
        var youngest = "checkpoint-%010d.jws".formatted(last);
        Files.copy(copies.resolve(youngest), later.resolve(youngest));
        assertThat(verify(export(), later))
                .startsWith("0 Genuine")
                .contains("The series does not begin at the first checkpoint but at checkpoint " + last + " of ");
        if (numbers.size() > 2) {
            Files.delete(copies.resolve(first));
            assertThat(verify(export(), copies)).contains("Checkpoint " + (last - 1) + " is missing");
        }
    }

    @Test
    void theExportOfOneTeamIsJudgedOnItsOwn() throws IOException {
        var own = new StringBuilder();
        search.each(
                AuditFilter.ALL.in(java.util.Set.of(team.toString())),
                event -> own.append(AuditExport.JSON_LINES.line(event)));
        var file = Files.writeString(files.resolve("own.jsonl"), own);
        assertThat(run("--export", file, "--checkpoints", directory, "--key", key + ".pub", "--chain", team))
                .startsWith("0 Genuine: 5 records in 1 chains");
        assertThat(run("--export", file, "--checkpoints", directory, "--key", key + ".pub"))
                .startsWith("1 Not genuine. ")
                .contains("the whole chain is gone");
        assertThat(run("--export", file)).startsWith("0 Genuine").contains("No checkpoints were given");
    }

    @Test
    void saysWhatItCannotJudge() throws IOException {
        var file = Files.writeString(files.resolve("any.jsonl"), "");
        assertThat(run()).startsWith("2 Usage: verify-audit --export");
        assertThat(run("--export", file, "--key", key + ".pub")).startsWith("2 Usage");
        assertThat(run("--what", "x")).startsWith("2 Usage");
        assertThat(run("--export", files.resolve("absent")))
                .startsWith("2 Not verified: ")
                .contains("absent");
        assertThat(run("--export", file, "--checkpoints", directory, "--key", file))
                .startsWith("2 Not verified: ")
                .contains("holds no public key in PEM");
        assertThat(run("--export", file, "--checkpoints", files, "--key", key + ".pub"))
                .startsWith("2 Not verified: ")
                .contains("holds no checkpoint");
        assertThat(verify("{\"chain\":1}")).startsWith("1 Not genuine. Line 1 is no record of the trail: ");
        var line = export().lines().findFirst().orElseThrow();
        assertThat(verify(line.replaceFirst("\\{", "{\"note\":\"x\","))).contains("'note' belongs to no record");
        assertThat(verify(line.replaceFirst("\\{", "{\"chain\":\"x\","))).contains("read in one way only");
    }

    @SuppressWarnings("unchecked")
    private List<String> columns() {
        return entities.createNativeQuery("""
                        select table_name || '|' || column_name || '|' || data_type from information_schema.columns
                        where table_name in ('audit_entry', 'audit_seal')
                            and column_name not in ('transaction', 'number', 'position')""", String.class).getResultList();
    }

    private void append(int version) {
        tell(version);
        sealer.seal();
    }

    private void tell(int version) {
        QuarkusTransaction.requiringNew()
                .run(() -> trail.write(new AuditEntry(
                        "sub", "Name", "owner", team, "tried", "thing", "x", version, null, List.of(version))));
    }

    private void checkpoint() {
        new Checkpoints(
                        entities,
                        sealer,
                        clock,
                        Optional.of(key.toString()),
                        Optional.of(directory),
                        Duration.ofDays(-1))
                .takeDue();
    }

    private String at(int sequence) {
        return "Chain " + team + ", sequence " + sequence;
    }

    private int indexOf(List<String> lines, int sequence) {
        for (int i = 0; i < lines.size(); i++) {
            var line = TrailLine.parse(lines.get(i));
            if (line.chain().equals(team.toString()) && line.sequence() == sequence) {
                return i;
            }
        }
        throw new AssertionError("no such line");
    }

    /** @return exit code and message for the export after the statements */
    private String tampered(String statements) {
        return verify(exportAfter(database -> run(statements)));
    }

    /** As {@link #tampered}, and then every hash of the chain is made anew, as a thorough forger would. */
    private String rehashed(String statements) {
        return verify(exportAfter(database -> {
            run(statements);
            run("""
                    do $$
                    declare
                        event record;
                        latest bytea := decode(repeat('00', 32), 'hex');
                    begin
                        for event in select e, s.sequence, s.position from audit_seal s join audit_entry e on e.id = s.entry
                            where s.chain = :team order by s.sequence
                        loop
                            update audit_seal set previous_hash = latest, hash = audit_hash(event.e, sequence, latest)
                                where position = event.position returning hash into latest;
                        end loop;
                    end $$""");
        }));
    }

    private String exportAfter(Consumer<EntityManager> tampering) {
        QuarkusTransaction.begin();
        try {
            run("alter table audit_entry disable trigger all; alter table audit_seal disable trigger all");
            tampering.accept(entities);
            return export();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    private void run(String statements) {
        var sql = statements
                .replaceAll(
                        ":entry\\(([0-9])\\)", "(select entry from audit_seal where chain = :team and sequence = $1)")
                .replace(":team", "'" + team + "'");
        entities.unwrap(org.hibernate.Session.class).doWork(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        });
    }

    private String export() {
        var lines = new StringBuilder();
        search.each(AuditFilter.ALL, event -> lines.append(AuditExport.JSON_LINES.line(event)));
        return lines.toString();
    }

    private String verify(String export) {
        return verify(export, directory);
    }

    private String verify(String export, Path checkpoints) {
        try {
            var file = Files.writeString(files.resolve("audit.jsonl"), export);
            return run("--export", file, "--checkpoints", checkpoints, "--key", key + ".pub");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String run(Object... arguments) {
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        var code = VerifyCommand.run(
                java.util.Arrays.stream(arguments).map(Object::toString).toList(), stream, stream);
        return code + " " + out.toString(StandardCharsets.UTF_8).strip();
    }
}
