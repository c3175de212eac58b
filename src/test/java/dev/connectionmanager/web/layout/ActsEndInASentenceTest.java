package dev.connectionmanager.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import dev.connectionmanager.architecture.MainSources;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever did something on a page reads on the next one that it happened. */
class ActsEndInASentenceTest {
    /** A code of {@link SuccessMessages}, or of the page's own, goes along; or the answer is a page that tells of the act. */
    private static final Pattern SAYS = Pattern.compile(
            "done=|showOnce|Templates\\.|\\bafter\\(|\\bsaved\\(|\\bdone\\(|\\bback\\(\\w+(, environment)?, \"|\\bto\\(id, environment, \"");

    /** Those of which the next page tells without a code, each with what it says. */
    private static final Map<String, String> OTHERWISE = Map.ofEntries(
            Map.entry("CheckAnswersPages.look", "the result of the check, or how far it is"),
            Map.entry("CheckAnswersPages.rebase", "all answers, on top of what is registered now"),
            Map.entry("IncomingHandoverPages.accept", "accepted() says that the application is the team's"),
            Map.entry("InvitationPages.accept", "joined() says which team it is"),
            Map.entry("InvitationPages.join", "joined() says which team it is"),
            Map.entry("JourneyPages.answer", "the next question, or all answers"),
            Map.entry("JourneyPages.start", "the first question"),
            Map.entry("KeyProofPages.ask", "the challenge"),
            Map.entry("KeyProofPages.prove", "Your key works"),
            Map.entry("ReadinessPages.start", "the first question, or the request"),
            Map.entry("RequestPages.submit", "Request submitted"),
            Map.entry("SessionPages.logOut", "You are logged out"),
            Map.entry("SessionPages.logOutEverywhere", "You are logged out"),
            Map.entry("TeamRequestPages.ask", "Request sent"));

    private static Map<String, String> acts() {
        var acts = new TreeMap<String, String>();
        MainSources.files("web")
                .forEach(file -> new TreeScanner<Void, String>() {
                    @Override
                    public Void visitClass(ClassTree type, String within) {
                        return super.visitClass(type, type.getSimpleName().toString());
                    }

                    @Override
                    public Void visitMethod(MethodTree method, String within) {
                        if (method.getModifiers().getAnnotations().stream().anyMatch(annotation -> annotation
                                .getAnnotationType()
                                .toString()
                                .equals("POST"))) {
                            acts.put(
                                    within + "." + method.getName(),
                                    method.getBody().toString());
                        }
                        return null;
                    }
                }.scan(file, null));
        return acts;
    }

    @Test
    void everyActOfAPageDoes() {
        var acts = acts();
        assertThat(acts).hasSizeGreaterThan(60);
        assertThat(acts.entrySet().stream()
                        .filter(act -> !SAYS.matcher(act.getValue()).find())
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(OTHERWISE.keySet());
    }

    /** A code that no page knows would say nothing. */
    @Test
    void everyCodeIsKnown() {
        var codes = acts().values().stream()
                .flatMap(body ->
                        Pattern.compile("done=([a-z-]+)\"").matcher(body).results())
                .map(found -> found.group(1))
                .toList();
        var ownPages =
                List.of("access", "checked", "confirmed", "declined", "nothing-changed", "offered", "owner", "saved");
        assertThat(codes).hasSizeGreaterThan(15).allSatisfy(code -> assertThat(
                        SuccessMessages.said(code) != null || ownPages.contains(code))
                .as(code)
                .isTrue());
    }
}
