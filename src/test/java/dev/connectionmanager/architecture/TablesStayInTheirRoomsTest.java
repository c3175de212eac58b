package dev.connectionmanager.architecture;

import static dev.connectionmanager.architecture.ArchitectureTest.CLASSES;
import static dev.connectionmanager.architecture.ArchitectureTest.ROOT;
import static dev.connectionmanager.architecture.ArchitectureTest.room;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.persistence.Entity;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No room reads another room's table: a query is a dependency that no import shows. Every string of every class is
 * searched, since a query may stand in a constant, a text block, an annotation or a concatenation.
 */
class TablesStayInTheirRoomsTest {
    /** Tables that no entity stands for, and whose they are. */
    private static final Map<String, String> WITHOUT_ENTITY = Map.ofEntries(
            Map.entry("attestation_due", "application"),
            Map.entry("attestation_reminder", "application"),
            Map.entry("audit_chain", "audit"),
            Map.entry("audit_checkpoint", "audit"),
            Map.entry("audit_event", "audit"),
            Map.entry("audit_seal", "audit"),
            Map.entry("config_name", "registration"),
            Map.entry("issued_client_id", "registration"),
            Map.entry("registration_access_token", "registration"),
            Map.entry("request_read", "review"),
            Map.entry("mock_assertion", "mock"),
            Map.entry("mock_client", "mock"),
            Map.entry("mock_exchange", "mock"),
            Map.entry("mock_fault", "mock"),
            Map.entry("mock_grant", "mock"),
            Map.entry("mock_key", "mock"),
            Map.entry("mock_key_set", "mock"),
            Map.entry("mock_local_address", "mock"),
            Map.entry("mock_logout", "mock"),
            Map.entry("mock_logout_sent", "mock"),
            Map.entry("mock_session", "mock"),
            Map.entry("mock_spare_key", "mock"),
            Map.entry("mock_test", "mock"),
            Map.entry("mock_user", "mock"),
            Map.entry("recheck", "endpoint"),
            Map.entry("withdrawn_invitation", "team"));

    /**
     * Lists that are read a page at a time, however long they are: the database itself must filter and sort by whose a
     * thing is. Each only joins what lies below its room.
     */
    private static final Map<String, Set<String>> LISTS = Map.ofEntries(
            Map.entry("registration.ConfigNames", Set.of("application")),
            Map.entry("registration.list.ClientCounts", Set.of("application")),
            Map.entry("registration.list.ClientSearch", Set.of("application", "team")),
            Map.entry("registration.list.TeamRegistrations", Set.of("application")),
            Map.entry("registration.list.UncollectedSecrets", Set.of("application")),
            Map.entry("registration.list.EndpointProblems", Set.of("application", "endpoint_health", "team")),
            // No lists, but acts that read all that they need by one statement.
            Map.entry("registration.Standings", Set.of("api_credential", "application")),
            Map.entry("review.Stores", Set.of("application", "attestation_status")),
            Map.entry("registration.keyset.KeySetUses", Set.of("application")),
            Map.entry("registration.known.KnownClients", Set.of("client_secret")),
            // No list, but written so often that all is read and asked by one statement.
            Map.entry(
                    "registration.RegistrationStatements",
                    Set.of("api_credential", "application", "client_secret", "member", "team")),
            Map.entry("review.RequestList", Set.of("application", "team")),
            Map.entry("review.ReviewOverview", Set.of("application")));

    private static final Pattern AFTER_WHICH_A_TABLE_COMES =
            Pattern.compile("(?i)\\b(?:from|join|update|into|using|table)\\s+(?:only\\s+|fetch\\s+)?");
    private static final Pattern TABLES = Pattern.compile("([\\w.$]+)(?:\\s+as)?(?:\\s+\\w+)?(\\s*,\\s*(?=\\w))?");
    /** The table's name is put in later, from wherever. */
    private static final Pattern OPEN_END =
            Pattern.compile("(?is)\\b(?:select|delete|insert|update)\\b.*\\b(?:from|join|into)\\s+(?:$|[%:?\\x01].*)");

    /** By the name that a query gives it, that of a table or of an entity: its table. */
    private static final Map<String, String> TABLE_BY_NAME = new HashMap<>();

    private static final Map<String, String> ROOM_BY_TABLE = new HashMap<>(WITHOUT_ENTITY);

    static {
        WITHOUT_ENTITY.keySet().forEach(table -> TABLE_BY_NAME.put(table, table));
        CLASSES.stream().filter(type -> type.isAnnotatedWith(Entity.class)).forEach(entity -> {
            var table = entity.tryGetAnnotationOfType(Table.class)
                    .map(Table::name)
                    .orElseGet(() -> entity.getSimpleName()
                            .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                            .toLowerCase(Locale.ROOT));
            ROOM_BY_TABLE.put(table, room(entity.getName()));
            TABLE_BY_NAME.put(table, table);
            TABLE_BY_NAME.put(entity.getSimpleName().toLowerCase(Locale.ROOT), table);
        });
    }

    @Test
    void everyTableOfTheDatabaseBelongsToARoom() throws IOException {
        var created = new TreeSet<String>();
        var create = Pattern.compile("(?im)^create\\s+(?:unlogged\\s+)?(?:table|(?:materialized\\s+)?view)\\s+"
                + "(?:if not exists\\s+)?(\\w+)|^alter\\s+table\\s+\\w+\\s+rename\\s+to\\s+(\\w+)");
        try (var migrations = Files.list(Path.of("db-migrations"))) {
            for (var migration : migrations.toList()) {
                create.matcher(Files.readString(migration))
                        .results()
                        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                        .forEach(created::add);
            }
        }
        assertThat(ROOM_BY_TABLE.keySet()).hasSizeGreaterThan(20).containsExactlyInAnyOrderElementsOf(created);
    }

    @Test
    void noQueryReadsATableOfAnotherRoom() {
        var trespassing = new TreeSet<String>();
        CLASSES.forEach(type -> {
            var home = type.getName().substring(ROOT.length()).replaceAll("\\$.*", "");
            foreign(room(type.getName()), strings(type))
                    .filter(table -> !LISTS.getOrDefault(home, Set.of()).contains(table))
                    .forEach(table -> trespassing.add(home + " reads " + table));
        });
        assertThat(trespassing).isEmpty();
    }

    @Test
    void everyQueryNamesItsTableWhereItStands() {
        var open = CLASSES.stream()
                .filter(type -> strings(type).stream().anyMatch(OPEN_END.asPredicate()))
                .map(JavaClass::getName)
                .toList();
        assertThat(open).isEmpty();
    }

    /** One that is not needed any more would hide the next trespasser; none leads up. */
    @Test
    void listsJoinWhatLiesBelowAndNothingElse() {
        LISTS.forEach((name, tables) -> {
            var type = CLASSES.get(ROOT + name);
            assertThat(foreign(room(ROOT + name), strings(type)).collect(Collectors.toSet()))
                    .as(name)
                    .containsAll(tables);
            assertThat(tables).as(name).allMatch(table -> floor(ROOM_BY_TABLE.get(table)) > floor(room(ROOT + name)));
        });
    }

    @Test
    void noRoomLoadsAnotherRoomsEntities() {
        var repositories = CLASSES.stream()
                .flatMap(type -> type.getInterfaces().stream()
                        .filter(JavaParameterizedType.class::isInstance)
                        .map(JavaParameterizedType.class::cast)
                        .filter(stored -> stored.toErasure().isAssignableTo(PanacheRepositoryBase.class))
                        .map(stored -> Map.entry(
                                type, stored.getActualTypeArguments().get(0).toErasure())))
                .toList();
        assertThat(repositories).hasSizeGreaterThan(20);
        assertThat(repositories).allMatch(stored -> room(stored.getKey().getName())
                .equals(room(stored.getValue().getName())));
        // find(Team.class, …), createQuery(…, Team.class), root.from(Team.class)
        assertThat(CLASSES.stream()
                        .flatMap(type -> type.getReferencedClassObjects().stream())
                        .filter(reference -> reference.getRawType().isAnnotatedWith(Entity.class))
                        .filter(reference -> !room(reference.getRawType().getName())
                                .equals(room(reference.getOwner().getOwner().getName())))
                        .map(reference -> reference.getOwner().getFullName() + " reads "
                                + reference.getRawType().getName()))
                .isEmpty();
    }

    /** An association reads the other's table when it is touched. Ids lead from one thing to another. */
    @Test
    void entitiesHaveNoAssociations() {
        var associations = List.of(ManyToOne.class, OneToMany.class, OneToOne.class, ManyToMany.class);
        assertThat(CLASSES.stream().flatMap(type -> type.getFields().stream()).filter(field -> associations.stream()
                        .anyMatch(field::isAnnotatedWith)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select 1 from production_request r where r.state = 'DRAFT'  | production_request",
                "from ProductionRequest                                      | production_request",
                "select t.name from TeamRequest t                            | team_request",
                "select 1 from dev.connectionmanager.review.ProductionRequest as r | production_request",
                "select 1 from application a, team t, production_request     | application production_request team",
                "with x as (select id from member) select 1 from x           | member",
                "update recheck set due_at = now()                           | recheck",
                "insert into uncollected_secret (registration_id) values (?)        | uncollected_secret",
                "id in (SELECT applicationId FROM Draft)                     | draft",
                " left join fetch Revision v on v.registrationId = r.id      | revision",
                "delete from mail using team where team.id = mail.team_id    | mail team",
                "lock table audit_checkpoint in share row exclusive mode     | audit_checkpoint",
                "application_id = ?1 and request is null                     | ''"
            })
    void findsTheTablesOfAQuery(String query, String tables) {
        assertThat(String.join(" ", new TreeSet<>(tables(query).toList()))).isEqualTo(tables);
    }

    @Test
    void seesEveryPlaceInWhichAQueryCanStand() {
        var strings = strings(new ClassFileImporter().importClass(Trespasser.class));
        assertThat(foreign("team", strings))
                .containsExactlyInAnyOrder("production_request", "draft", "registration", "application", "revision");
        assertThat(strings.stream().filter(OPEN_END.asPredicate())).hasSize(1);
    }

    /** Reads tables of other rooms in every way that a class can. */
    @NamedQuery(name = "requests", query = "select r from ProductionRequest r")
    private static final class Trespasser {
        private static final String BLOCK = """
                select count(*)
                from draft
                """;

        static String joined(String condition, String table) {
            return BLOCK + "select 1 from registration where " + condition + " union select 1 from " + table;
        }

        static String formatted(int number) {
            return "select 1 from application limit %d".formatted(number);
        }

        static String switched(int number) {
            return switch (number) {
                case 1 -> "id in (select id from Revision)";
                default -> "id in (select teamId from Member)";
            };
        }
    }

    private static Stream<String> foreign(String room, List<String> strings) {
        return strings.stream()
                .flatMap(TablesStayInTheirRoomsTest::tables)
                .distinct()
                .filter(table -> !ROOM_BY_TABLE.get(table).equals(room));
    }

    private static Stream<String> tables(String text) {
        return AFTER_WHICH_A_TABLE_COMES
                .matcher(text)
                .results()
                .map(MatchResult::end)
                .flatMap(start -> list(text, start))
                .map(name -> name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))
                .filter(TABLE_BY_NAME::containsKey)
                .map(TABLE_BY_NAME::get);
    }

    private static Stream<String> list(String text, int start) {
        var names = new ArrayList<String>();
        var next = TABLES.matcher(text).region(start, text.length());
        var more = true;
        while (more && next.lookingAt()) {
            names.add(next.group(1));
            more = next.group(2) != null;
            next.region(next.end(), text.length());
        }
        return names.stream();
    }

    private static int floor(String room) {
        for (int floor = 0; floor < ArchitectureTest.FLOORS.size(); floor++) {
            if (ArchitectureTest.FLOORS.get(floor).contains(room)) {
                return floor;
            }
        }
        throw new AssertionError(room);
    }

    /** Whatever stands between quotation marks in the class, and its names; see the Java VM specification, section 4.4. */
    private static List<String> strings(JavaClass type) {
        try (var in = new DataInputStream(
                type.getSource().orElseThrow().getUri().toURL().openStream())) {
            in.skipNBytes(8);
            var found = new HashSet<String>();
            var count = in.readUnsignedShort();
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> found.add(in.readUTF());
                    case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++;
                    }
                    default -> throw new AssertionError("constant of kind " + tag);
                }
            }
            return List.copyOf(found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
