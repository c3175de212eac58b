package dev.connectionmanager;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house stands as its plan says: imports point down only. */
class ArchitectureTest {
    private static final String ROOT = "dev.connectionmanager.";
    /** From the roof to the ground. */
    static final List<List<String>> FLOORS = List.of(
            List.of("http"),
            List.of("web", "api"),
            List.of("wording"),
            List.of("review"),
            List.of("registration"),
            List.of("verification"),
            List.of("session"),
            List.of("credential"),
            List.of("environment"),
            List.of("openid"),
            List.of("outbound"),
            List.of("team"),
            List.of("mail"),
            List.of("audit"),
            List.of("policy"));

    /** The classes of acts, one a line. */
    private static final String ACTS = """
            ApiCredentials
            Applications
            Attestations
            ClientLife
            Drafts
            Handovers
            IdempotencyKeys
            Invitations
            Members
            Outbox
            Registrations
            Requests
            Reviews
            Secrets
            Sessions
            TeamRequests
            Teams""";

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.connectionmanager");

    @Test
    void everyRoomIsInThePlan() {
        var rooms = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(ROOT))
                .map(name -> name.substring(ROOT.length()))
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
                        .map(other -> ROOT + other)
                        .toArray(String[]::new);
                if (forbidden.length > 0) {
                    noClasses()
                            .that()
                            .resideInAPackage(ROOT + room)
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
                .resideInAPackage(ROOT + "*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.connectionmanager")
                .check(CLASSES);
    }

    @Test
    void judgementTouchesNoFrameworkClockOrSocket() {
        noClasses()
                .that()
                .haveNameMatching(".*(policy\\..*|Rules|Candidate|ClientMetadata|Text|Change)")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "jakarta..",
                        "org.hibernate..",
                        "java.sql..",
                        "java.net.http..",
                        "java.nio.file..")
                .orShould()
                .accessClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .check(CLASSES);
    }

    /** Bodies are bound to plain records at the edge; what a domain room stores, or posts, is written as JSON by itself. */
    @Test
    void noDomainRoomReadsTheJsonOfABody() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + "policy..",
                        ROOT + "team..",
                        ROOT + "credential..",
                        ROOT + "registration..",
                        ROOT + "review..")
                .and()
                .haveNameNotMatching(".*(Column|\\.CandidateJson|\\.EndpointLedger)")
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
                "policy", "audit", "mail", "environment", "team", "outbound", "verification", "registration", "review");
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
        assertThat(page.matcher(Files.readString(sources.resolve("web/Places.java")))
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
                                && !call.getTargetOwner()
                                        .getPackageName()
                                        .equals(call.getOriginOwner().getPackageName())))
                .check(CLASSES);
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
                .resideInAPackage(ROOT + "openid")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "team", ROOT + "audit", ROOT + "policy")
                .check(CLASSES);
    }

    @Test
    void onlyActsOpenTransactions() {
        methods()
                .that()
                .areAnnotatedWith(Transactional.class)
                .should()
                .beDeclaredInClassesThat()
                .haveNameMatching(".*\\.(" + ACTS.replace("\n", "|") + ")")
                .check(CLASSES);
    }

    @Test
    void whatCreatesTakesAnIdempotencyKey() {
        var posts = CLASSES.stream()
                .filter(type -> type.getPackageName().equals(ROOT + "api"))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(POST.class))
                .toList();
        var creating = posts.stream().filter(ArchitectureTest::answersCreated).toList();
        assertThat(creating).hasSizeGreaterThan(10);
        assertThat(posts.stream().filter(method -> method.isAnnotatedWith(ROOT + "api.IdempotencyKeyed")))
                .containsExactlyInAnyOrderElementsOf(creating);
    }

    /** By itself, or by another method of its class. */
    private static boolean answersCreated(JavaMethod method) {
        return Stream.concat(
                        Stream.of(method),
                        method.getMethodCallsFromSelf().stream()
                                .filter(call -> call.getTargetOwner().equals(method.getOwner()))
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
