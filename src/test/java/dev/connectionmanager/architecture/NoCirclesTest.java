package dev.connectionmanager.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.connectionmanager.architecture.ArchitectureTest.CLASSES;
import static dev.connectionmanager.architecture.ArchitectureTest.ROOT;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

/** Nothing leads back to where one began to read: no package, nested ones included, and no class. */
class NoCirclesTest {
    private static final SliceAssignment TOP_LEVEL_CLASSES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getName().startsWith(ROOT)
                    ? SliceIdentifier.of(type.getName().replaceAll("\\$.*", ""))
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "classes with what they hold";
        }
    };

    @Test
    void noPackagesDependOnEachOther() {
        slices().matching("dev.connectionmanager.(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void noClassesDependOnEachOther() {
        slices().assignedFrom(TOP_LEVEL_CLASSES).should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void circlesAreFound() {
        var circle = new ClassFileImporter().importClasses(Hen.class, Hen.Nest.class, Egg.class);
        assertThatThrownBy(() -> slices().assignedFrom(TOP_LEVEL_CLASSES)
                        .should()
                        .beFreeOfCycles()
                        .check(circle))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Hen")
                .hasMessageContaining("Egg");
    }
}

final class Hen {
    static final class Nest {
        Egg laid;
    }
}

final class Egg {
    Hen layer;
}
