package dev.connectionmanager.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.connectionmanager.architecture.ArchitectureTest.CLASSES;
import static dev.connectionmanager.architecture.ArchitectureTest.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.MappedSuperclass;
import java.lang.annotation.Annotation;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever judges, and whatever is judged, touches no framework, no clock and no socket. What does is a bean, or stands
 * for a row: so it is told by what it is, not by what it is called.
 */
class PureJudgementTest {
    /** Those in which something is judged; {@code outbound} is all sockets, {@code mail} and {@code audit} all rows. */
    private static final Set<String> ROOMS = Set.of(
            "policy",
            "team",
            "credential",
            "environment",
            "verification",
            "application",
            "metadata",
            "endpoint",
            "registration",
            "review");

    /** Pure by its name, bean or not. */
    private static final String JUDGES = ".*(Rules|Candidate|Observation|Text|Change)";

    private static final List<Class<? extends Annotation>> BEANS_AND_ROWS = List.of(
            ApplicationScoped.class,
            RequestScoped.class,
            Singleton.class,
            Entity.class,
            MappedSuperclass.class,
            Embeddable.class);

    private static final DescribedPredicate<JavaClass> PURE = describe(
            "judge or are judged",
            type -> ROOMS.contains(ArchitectureTest.room(type.getName()))
                    && (type.getName().replaceAll("\\$.*", "").matches(JUDGES) || !touchesByItsJob(outermost(type))));

    private static final ArchRule RULE = noClasses()
            .that(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..",
                    "io.smallrye..",
                    "io.vertx..",
                    "jakarta..",
                    "org.eclipse.microprofile..",
                    "org.hibernate..",
                    "org.jboss..",
                    "java.sql..",
                    "java.net.http..",
                    "java.nio.channels..",
                    "java.nio.file..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class, Socket.class)
            .orShould()
            .accessTargetWhere(describe("a clock is read", PureJudgementTest::readsAClock));

    private static boolean readsAClock(JavaAccess<?> access) {
        return access.getName().equals("now")
                        && access.getTargetOwner().getPackageName().equals("java.time")
                || access.getTargetOwner().isEquivalentTo(System.class)
                        && Set.of("currentTimeMillis", "nanoTime").contains(access.getName());
    }

    private static boolean touchesByItsJob(JavaClass type) {
        return BEANS_AND_ROWS.stream().anyMatch(type::isAnnotatedWith)
                || type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(Produces.class))
                || type.isAssignableTo(AttributeConverter.class)
                || type.getSimpleName().endsWith("Stores");
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(PureJudgementTest::outermost).orElse(type);
    }

    @Test
    void judgementTouchesNoFrameworkClockOrSocket() {
        RULE.check(CLASSES);
    }

    @Test
    void whatTheRuleIsAboutIsSelected() {
        var selected = CLASSES.stream()
                .filter(PURE)
                .map(type -> type.getName().substring(ROOT.length()))
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .toList();
        assertThat(selected)
                .contains(
                        "Rule",
                        "Violations",
                        "Refusal$Conflict",
                        "HostText",
                        "Candidate",
                        "ClientMetadata",
                        "Change",
                        "RegistrationRules",
                        "HealthRules",
                        "TransitionRules",
                        "TlsObservation",
                        "KeySetObservation",
                        "KeyMaterial",
                        "PathBuilding",
                        "ParsedCertificate",
                        "RequestReview",
                        "Risk",
                        "Actor")
                .doesNotContain("Registrations", "Registration", "Registrations$Preview");
    }

    @Test
    void theRuleCanFail() {
        var importer = new ClassFileImporter();
        assertThatThrownBy(() -> noClasses()
                        .should()
                        .accessTargetWhere(describe("a clock is read", PureJudgementTest::readsAClock))
                        .check(importer.importClasses(Late.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Late.isOver");
    }

    private static final class Late {
        static boolean isOver(Instant end) {
            return Instant.now().isAfter(end);
        }
    }
}
