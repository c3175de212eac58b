package dev.connectionmanager.architecture;

import static dev.connectionmanager.architecture.ArchitectureTest.CLASSES;
import static dev.connectionmanager.architecture.ArchitectureTest.room;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.web.form.FormPage;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A refused form is read on its page, by one mechanism for all. */
class FormPagesTest {
    /** Nothing is refused, and nothing was typed. */
    private static final List<String> WITHOUT_PAGE = List.of("/logout/everywhere");

    @Test
    void noPageCatchesARefusal() {
        assertThat(pages().flatMap(type -> type.getCodeUnits().stream())
                        .filter(code -> code.getTryCatchBlocks().stream()
                                .flatMap(block -> block.getCaughtThrowables().stream())
                                .anyMatch(FormPagesTest::catchesARefusal)))
                .isEmpty();
        assertThat(CLASSES.stream()
                        .filter(type -> room(type.getName()).equals("review"))
                        .flatMap(type -> type.getCodeUnits().stream())
                        .flatMap(code -> code.getTryCatchBlocks().stream())
                        .flatMap(block -> block.getCaughtThrowables().stream()))
                .as("this test can fail")
                .anyMatch(FormPagesTest::catchesARefusal);
    }

    private static boolean catchesARefusal(JavaClass caught) {
        return caught.isAssignableTo(Refusal.class)
                || CLASSES.get(Refusal.class).isAssignableTo(caught.getName());
    }

    @Test
    void everyFormHasAPageThatCanBeRead() {
        var readable = methods(GET.class)
                .map(page -> path(page).replaceAll("\\{[^}]*}", "[^/]+"))
                .collect(Collectors.toSet());
        var forms = methods(POST.class).map(FormPagesTest::page).collect(Collectors.toSet());
        assertThat(forms).hasSizeGreaterThan(25);
        forms.removeAll(WITHOUT_PAGE);
        assertThat(forms).allMatch(form -> readable.stream().anyMatch(form::matches));
    }

    private static Stream<JavaClass> pages() {
        return CLASSES.stream().filter(type -> room(type.getName()).equals("web"));
    }

    private static Stream<JavaMethod> methods(Class<? extends java.lang.annotation.Annotation> verb) {
        return pages().flatMap(type -> type.getMethods().stream()).filter(method -> method.isAnnotatedWith(verb));
    }

    private static String page(JavaMethod form) {
        return form.tryGetAnnotationOfType(FormPage.class).map(FormPage::value).orElseGet(() -> path(form));
    }

    private static String path(JavaMethod method) {
        var own = method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
        var path = method.getOwner().getAnnotationOfType(Path.class).value();
        return own.isEmpty() ? path : path.replaceFirst("/$", "") + "/" + own.replaceFirst("^/", "");
    }
}
