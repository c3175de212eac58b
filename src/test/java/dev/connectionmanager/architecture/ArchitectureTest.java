package dev.connectionmanager.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.EntityManager;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.POST;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house stands as its plan says: imports point down only. */
class ArchitectureTest {
    static final String ROOT = "dev.connectionmanager.";
    /** From the roof to the ground. */
    static final List<List<String>> FLOORS = List.of(
            List.of("start", "http"),
            List.of("web", "api"),
            List.of("description"),
            List.of("idempotency"),
            List.of("wording"),
            List.of("search"),
            List.of("review"),
            List.of("kit"),
            List.of("mock"),
            List.of("registration"),
            List.of("endpoint"),
            List.of("metadata"),
            List.of("application"),
            List.of("testuser"),
            List.of("environment"),
            List.of("keyset"),
            List.of("verification"),
            List.of("session"),
            List.of("credential"),
            List.of("openid"),
            List.of("outbound"),
            List.of("team"),
            List.of("mail"),
            List.of("audit"),
            List.of("json"),
            List.of("policy"));

    /** The classes of acts, one a line. */
    private static final String ACTS = """
            Activity
            ApiCredentials
            Applications
            AskedChecks
            AttestationReminders
            Attestations
            ClientConfiguration
            ClientLifecycle
            Drafts
            HandoverLapses
            Handovers
            IdempotencyKeys
            InitialAccessTokens
            Invitations
            KeyProofs
            KeySets
            KeysetRotation
            KnownOperators
            LiveChecks
            LocalAddresses
            Members
            NewClients
            NightlyChecks
            OperatorCredentials
            Outbox
            RefusedForms
            RegistrationAccessTokens
            RegistrationTokens
            Registrations
            Requests
            Reviews
            Secrets
            Sessions
            Submissions
            TeamRequests
            Teams
            TestUserRequests
            TestUsers""";

    /** No acts: each for a reason. */
    private static final Set<String> TRANSACTIONS_OF_THEIR_OWN = Set.of(
            // These read what is of any length some rows at a time.
            "AuditSearch",
            "WholeList",
            // Takes the checkpoint that is due, by the clock.
            "Checkpoints",
            "Sealer",
            // Keeps what was read of an OpenID Provider, by the clock.
            "Environments",
            // Reads what the portal publishes while endpoints are checked, when no transaction may be open.
            "KeySetChecks",
            // Takes what people asked for and keeps how far it is, while endpoints are checked outside of any.
            "AskedCheckRuns",
            // Reads what is known of endpoints while they are checked, when no transaction may be open.
            "OwnNetwork",
            // These tell of an act that was refused: that act's transaction is rolled back.
            "CredentialTrail",
            "RefusedRights",
            "SuspendedClients");

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // Generated from the records that they copy, which name them as they name the records.
            .withImportOption(location -> !location.contains("Builder.class") && !location.contains("Builder$"))
            .importPackages("dev.connectionmanager");

    /** The room that a class is in, or in a room of which; empty for the entrance. */
    static String room(String type) {
        var path = type.substring(ROOT.length());
        return path.contains(".") ? path.substring(0, path.indexOf('.')) : "";
    }

    @Test
    void everyRoomIsInThePlan() {
        var rooms = CLASSES.stream()
                .map(type -> room(type.getName()))
                .filter(room -> !room.isEmpty())
                .collect(Collectors.toSet());
        assertThat(FLOORS.stream().flatMap(List::stream).toList()).containsExactlyInAnyOrderElementsOf(rooms);
    }

    @Test
    void importsPointDownOnly() {
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            for (var room : FLOORS.get(floor)) {
                var forbidden = FLOORS.subList(0, floor + 1).stream()
                        .flatMap(List::stream)
                        .filter(other -> !other.equals(room))
                        .map(other -> ROOT + other + "..")
                        .toArray(String[]::new);
                if (forbidden.length > 0) {
                    noClasses()
                            .that()
                            .resideInAPackage(ROOT + room + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(forbidden)
                            .check(CLASSES);
                }
            }
        }
    }

    @Test
    void noRoomKnowsTheEntrance() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.connectionmanager")
                .check(CLASSES);
    }

    /** Bodies are bound to plain records at the edge; what a domain room stores, or posts, {@code json} writes and reads. */
    @Test
    void noDomainRoomReadsTheJsonOfABody() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + "policy..",
                        ROOT + "team..",
                        ROOT + "credential..",
                        ROOT + "application..",
                        ROOT + "metadata..",
                        ROOT + "endpoint..",
                        ROOT + "registration..",
                        ROOT + "review..")
                .and()
                .haveNameNotMatching(".*\\.CandidateJson")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson.databind..")
                .check(CLASSES);
    }

    /** Letters name a page; {@code wording} has its address. */
    @Test
    void noDomainRoomKnowsTheAddressOfAPage() throws IOException {
        var page = Pattern.compile("\"/[a-z]");
        var sources = Path.of("src/main/java/dev/connectionmanager");
        var domain = List.of(
                "policy",
                "audit",
                "mail",
                "environment",
                "testuser",
                "keyset",
                "team",
                "outbound",
                "verification",
                "application",
                "metadata",
                "endpoint",
                "registration",
                "review");
        var found = new ArrayList<String>();
        for (var room : domain) {
            try (var files = Files.walk(sources.resolve(room))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    if (page.matcher(Files.readString(file)).find()) {
                        found.add(file.toString());
                    }
                }
            }
        }
        assertThat(found).isEmpty();
        assertThat(page.matcher(Files.readString(sources.resolve("web/request/TaskLinks.java")))
                        .find())
                .as("this test can fail")
                .isTrue();
    }

    /** Rights are asked for in the acts; pages and API find things through methods that say what for. */
    @Test
    void noEdgeAsksForARight() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "web..", ROOT + "api..")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "a right is asked for",
                        call -> call.getTarget().getName().matches("must[A-Z].*")
                                && !room(call.getTargetOwner().getName())
                                        .equals(room(call.getOriginOwner().getName()))))
                .check(CLASSES);
    }

    /** Who follows a registration, as letters do, must miss nothing that happens to it. */
    @Test
    void whatHappensToARegistrationIsRecordedInOnePlace() {
        assertThat(CLASSES.stream()
                        .filter(type -> room(type.getName()).equals("registration"))
                        .filter(type -> type.getDirectDependenciesFromSelf().stream()
                                .anyMatch(to ->
                                        to.getTargetClass().getSimpleName().equals("AuditTrail")))
                        .map(JavaClass::getSimpleName)
                        .distinct())
                .containsExactlyInAnyOrder("RegistrationEvents", "DraftTrail");
    }

    /** The audit trail's own format is for machines. */
    @Test
    void onlyWordingSaysDays() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "wording..")
                .and()
                .doNotHaveSimpleName("TrailLine")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(DateTimeFormatter.class)
                .check(CLASSES);
    }

    @Test
    void theOpenIdProviderHasNoDoorIntoThePortal() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "openid..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "team..", ROOT + "audit..", ROOT + "policy..")
                .check(CLASSES);
    }

    @Test
    void onlyActsOpenTransactions() {
        var opening = CLASSES.stream()
                .filter(type -> type.getMethods().stream().anyMatch(ArchitectureTest::declaresATransaction)
                        || type.isAnnotatedWith(Transactional.class)
                        || type.getAccessesFromSelf().stream().anyMatch(ArchitectureTest::opensATransaction))
                .map(type -> type.getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
        var allowed = new TreeSet<>(List.of(ACTS.split("\n")));
        allowed.addAll(TRANSACTIONS_OF_THEIR_OWN);
        assertThat(opening).isEqualTo(allowed);
    }

    /** What is read before a transaction of its own writes is read in one too, so that no stale row is left to wipe. */
    @Test
    void nobodyWipesASession() {
        noClasses()
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "all that a session has read is forgotten",
                        call -> call.getTarget().getName().equals("clear")
                                && call.getTargetOwner().isAssignableTo(EntityManager.class)))
                .check(CLASSES);
    }

    private static boolean declaresATransaction(JavaMethod method) {
        return method.isAnnotatedWith(Transactional.class);
    }

    /** Whether one is open may be asked by anybody. */
    private static boolean opensATransaction(JavaAccess<?> access) {
        var owner = access.getTargetOwner();
        return (owner.getName().startsWith("io.quarkus.narayana.jta.")
                        || owner.isAssignableTo(UserTransaction.class)
                        || owner.isAssignableTo(TransactionManager.class))
                && !access.getName().equals("isActive");
    }

    @Test
    void whatCreatesTakesAnIdempotencyKey() {
        var posts = CLASSES.stream()
                .filter(type -> room(type.getName()).equals("api"))
                // A key is its caller's own, and at the mock nobody says who calls; the existing tool's format has no
                // such key, nor has RFC 7591.
                .filter(type -> !Set.of(ROOT + "api.mock", ROOT + "api.tool").contains(type.getPackageName()))
                .filter(type -> !type.getSimpleName().equals("ClientRegistrationResource"))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(POST.class))
                .toList();
        var creating = posts.stream().filter(ArchitectureTest::answersCreated).toList();
        assertThat(creating).hasSizeGreaterThan(10);
        assertThat(posts.stream().filter(method -> method.isAnnotatedWith(ROOT + "api.common.IdempotencyKeyed")))
                .containsExactlyInAnyOrderElementsOf(creating);
    }

    /** By itself, by another method of its class, or by the one that answers what is shown once. */
    private static boolean answersCreated(JavaMethod method) {
        return Stream.concat(
                        Stream.of(method),
                        method.getMethodCallsFromSelf().stream()
                                .filter(call -> call.getTargetOwner().equals(method.getOwner())
                                        || call.getTargetOwner().getName().equals(ROOT + "api.common.ShownOnce"))
                                .flatMap(call -> call.getTarget().resolveMember().stream())
                                .map(JavaMethod.class::cast))
                .flatMap(one -> one.getFieldAccesses().stream())
                .anyMatch(access -> access.getTarget().getName().equals("CREATED"));
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Manager|Helper|Util|Utils|Dto|Service|Mapper)")
                .check(CLASSES);
    }
}
