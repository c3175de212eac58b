package dev.connectionmanager.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.util.TreePathScanner;
import dev.connectionmanager.architecture.MainSources;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.wording.RuleSentences;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every reason has a sentence, is given somewhere, and comes with the arguments that its sentence names. */
class ReasonCatalogueTest {
    private static final ResourceBundle SENTENCES =
            ResourceBundle.getBundle("dev.connectionmanager.wording.refusals", Locale.ROOT);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)}");
    /** {@code reason.place.code}: how an argument that is a code is said. */
    private static final Pattern PART = Pattern.compile("([a-z-]+)\\.(\\d)\\.([A-Za-z0-9._-]+)");
    /** How {@code stale} is said where it is known which parts have changed. */
    private static final String STALE_PARTS = "stale.parts";

    private static final Set<String> NAMES =
            Stream.of(Reason.values()).map(Reason::name).collect(Collectors.toSet());
    private static final List<Given> GIVEN = given();
    private static final Set<Reason> USED = used();

    /** A reason as the code gives it, with the number of its arguments and the first of them where it is a literal. */
    private record Given(String where, Reason reason, int arguments, String first) {
        int named() {
            var code = reason.code();
            return SENTENCES.keySet().stream()
                    .filter(key -> key.equals(code)
                            || (first == null ? key.startsWith(code + ".") : key.equals(code + ".0." + first)))
                    .flatMap(
                            key -> PLACEHOLDER.matcher(SENTENCES.getString(key)).results())
                    .mapToInt(found -> Integer.parseInt(found.group(1)) + 1)
                    .max()
                    .orElse(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasASentence(Reason reason) {
        assertThat(RuleSentences.of(new Refusal.Conflict(reason, "first", "second")))
                .hasSizeGreaterThan(4)
                .doesNotContain("{");
    }

    @ParameterizedTest
    @EnumSource
    void isGivenSomewhere(Reason reason) {
        assertThat(USED).contains(reason);
    }

    @Test
    void comesWithTheArgumentsThatItsSentenceNames() {
        assertThat(GIVEN).hasSizeGreaterThan(70).allSatisfy(given -> assertThat(given.arguments())
                .as(given.toString())
                .isEqualTo(given.named()));
    }

    /** For programs: each argument that a sentence names has a name of its own. */
    @ParameterizedTest
    @EnumSource
    void namesItsArgumentsToPrograms(Reason reason) {
        var named = GIVEN.stream().filter(given -> given.reason() == reason).mapToInt(Given::arguments);
        assertThat(reason.names()).hasSize(named.max().orElse(0)).doesNotHaveDuplicates();
    }

    @Test
    void hasNoSentenceWithoutAReason() {
        var codes = Stream.of(Reason.values()).map(Reason::code).collect(Collectors.toSet());
        assertThat(SENTENCES.keySet().stream().filter(key -> !key.contains(".")))
                .containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test
    void saysEveryPartThatHasChanged() {
        assertThat(RuleSentences.of(new Refusal.Stale(
                        "request.changes-requested", "team", "details", "checks", "live", "compared")))
                .contains("'changes requested'", "handed over", "name, category", "live checks", "in production")
                .endsWith("Read it again before you go on.");
    }

    @Test
    void saysNoPartInVain() {
        var codes = new ArrayList<>(MainSources.literals());
        Stream.of(RequestState.values()).map(RequestState::code).forEach(state -> {
            codes.add(state);
            codes.add("request." + state);
        });
        var parts = SENTENCES.keySet().stream()
                .filter(key -> key.contains(".") && !key.equals(STALE_PARTS))
                .toList();
        assertThat(parts).isNotEmpty().allSatisfy(key -> {
            var part = PART.matcher(key);
            assertThat(part.matches()).as(key).isTrue();
            assertThat(codes).as(key).contains(part.group(3));
            assertThat(SENTENCES.getString(part.group(1).equals("stale") ? STALE_PARTS : part.group(1)))
                    .as(key)
                    .contains("{" + part.group(2) + "}");
        });
    }

    private static List<Given> given() {
        var found = new ArrayList<Given>();
        MainSources.all()
                .forEach(file -> new TreePathScanner<Void, Void>() {
                    @Override
                    public Void visitNewClass(NewClassTree made, Void nothing) {
                        note(made.getArguments(), true);
                        return super.visitNewClass(made, nothing);
                    }

                    @Override
                    public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
                        note(
                                call.getArguments(),
                                call.getMethodSelect().toString().equals("super"));
                        return super.visitMethodInvocation(call, nothing);
                    }

                    /** @param refusal whether what follows a reason are its arguments; elsewhere its sentence can name nothing */
                    private void note(List<? extends ExpressionTree> arguments, boolean refusal) {
                        for (int i = 0; i < arguments.size(); i++) {
                            var rest = refusal ? arguments.subList(i + 1, arguments.size()) : List.<ExpressionTree>of();
                            var first = !rest.isEmpty() && rest.get(0) instanceof LiteralTree literal
                                    ? literal.getValue()
                                    : null;
                            reasons(arguments.get(i))
                                    .forEach(reason -> found.add(new Given(
                                            file.getSourceFile().getName(), reason, rest.size(), (String) first)));
                        }
                    }
                }.scan(file, null));
        return found;
    }

    private static Stream<Reason> reasons(ExpressionTree expression) {
        if (expression instanceof ParenthesizedTree inner) {
            return reasons(inner.getExpression());
        }
        if (expression instanceof ConditionalExpressionTree choice) {
            return Stream.concat(reasons(choice.getTrueExpression()), reasons(choice.getFalseExpression()));
        }
        return expression instanceof MemberSelectTree select
                        && select.getExpression().toString().equals("Reason")
                ? NAMES.contains(select.getIdentifier().toString())
                        ? Stream.of(Reason.valueOf(select.getIdentifier().toString()))
                        : Stream.of()
                : Stream.of();
    }

    private static Set<Reason> used() {
        var found = EnumSet.noneOf(Reason.class);
        MainSources.all().stream()
                .filter(file -> !file.getPackageName().toString().endsWith(".wording"))
                .forEach(file -> new TreePathScanner<Void, Void>() {
                    @Override
                    public Void visitMemberSelect(MemberSelectTree select, Void nothing) {
                        reasons(select).forEach(found::add);
                        return super.visitMemberSelect(select, nothing);
                    }
                }.scan(file, null));
        return found;
    }
}
