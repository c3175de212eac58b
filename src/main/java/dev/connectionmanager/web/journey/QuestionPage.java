package dev.connectionmanager.web.journey;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.ApplicationType;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientMember;
import dev.connectionmanager.metadata.RegistrationRules;
import dev.connectionmanager.metadata.TokenEndpointAuthMethod;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.Radios;
import dev.connectionmanager.wording.RuleSentences;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Objects;

/**
 * What a page of the journey shows.
 *
 * @param found what the rules say of what was typed; empty before it is sent
 * @param tag of what was answered here when the page was opened
 * @param refused why the answer was not kept; empty where it was, or nothing was sent
 * @param from {@code check} where the person came from "check your answers" and goes back to it; {@code registration} likewise
 */
@RecordBuilder
public record QuestionPage(
        Application application,
        Environment environment,
        Candidate candidate,
        Place place,
        JourneyStep step,
        Violations found,
        String from,
        String tag,
        String refused)
        implements QuestionPageBuilder.With {
    /** Where a person comes from who changes one setting of what is registered. */
    private static final String REGISTRATION = "registration";

    /**
     * Where a journey's pages are.
     *
     * @param base address of its question pages
     * @param check address of the page on which answers are checked
     * @param home where the first question leads back to
     * @param changes whether something registered is changed, rather than made
     * @param elsewhere what is registered in the environment before, for URIs that are asked anew; {@code null} = none
     * @param asked what operators want changed; {@code null} = nothing
     */
    public record Place(
            String base, String check, String home, boolean changes, Candidate elsewhere, WantedChange asked) {}

    /**
     * What operators want changed.
     *
     * @param by who asks
     * @param words what they say
     * @param members which answers it is about
     */
    public record WantedChange(String by, String words, List<String> members) {}

    /** What operators say about this question; {@code null} = nothing. */
    public WantedChange asked() {
        var asked = place.asked();
        return asked != null && step.members().stream().map(ClientMember::code).anyMatch(asked.members()::contains)
                ? asked
                : null;
    }

    public boolean changesRegistration() {
        return place.changes();
    }

    /** What the environment before has where this page asks; empty for nothing to show. */
    public List<String> elsewhere() {
        var metadata = Objects.requireNonNullElse(place.elsewhere(), Candidate.EMPTY);
        return step.members().stream()
                .filter(ClientMember::uri)
                .flatMap(member -> member.values(metadata).stream())
                .toList();
    }

    public FormErrors errors() {
        return refused.isEmpty() ? FormErrors.of(found).inLines() : FormErrors.refused(step.field(), refused);
    }

    /** The same page with what was typed, and why it was not kept. */
    QuestionPage refused(JourneyForm form, Refusal refusal) {
        var typed = withCandidate(form.typed(step, candidate));
        if (refusal instanceof Refusal.Rejected rejected) {
            return typed.with(page -> page.found(rejected.violations()).refused(""));
        }
        return typed.withRefused(
                refusal instanceof Refusal.Stale
                        ? step.changedTo(candidate)
                        : RuleSentences.of(refusal) + " Nothing was saved.");
    }

    /** Where this journey's pages are. */
    public String base() {
        return place.base();
    }

    /** Where the form is sent. */
    public String action() {
        return base() + "/" + step.path() + query();
    }

    public String query() {
        return from.equals(JourneyPages.CHECK) || from.equals(REGISTRATION) ? "?from=" + from : "";
    }

    public String back() {
        if (from.equals(JourneyPages.CHECK)) {
            return place.check();
        }
        if (from.equals(REGISTRATION)) {
            return base().replaceFirst("/draft$", "");
        }
        return step.previous(candidate())
                .map(previous -> base() + "/" + previous.path())
                .orElse(place.home());
    }

    /** The client name to show: the application's until another is typed. */
    public String clientName() {
        return candidate().clientName() == null
                ? application.details().name()
                : candidate().clientName();
    }

    /** The value of a member that has one; empty where there is none. */
    public String value(String member) {
        return values(member).stream().findFirst().orElse("");
    }

    /** Whether a member has this value; the empty one where it is absent. */
    public boolean holds(String member, String value) {
        return value(member).equals(value);
    }

    /** What was typed so far, one a line. */
    public String lines(String member) {
        return String.join("\n", values(member));
    }

    /** How many lines the box of a list shows: what is in it and room for more, as far as a screen goes. */
    public int rows(String member) {
        return Math.min(values(member).size() + 4, 20);
    }

    private List<String> values(String member) {
        return ClientMember.ofCode(member).orElseThrow().values(candidate());
    }

    /** The first choice of a group has the id that an error links to. */
    public String radioId(String name, int index) {
        return Radios.id(name, index);
    }

    public boolean nativeApplication() {
        return application.details().applicationType() == ApplicationType.NATIVE;
    }

    public boolean usesSecret() {
        return TokenEndpointAuthMethod.ofCode(candidate().tokenEndpointAuthMethod())
                .filter(TokenEndpointAuthMethod::usesSecret)
                .isPresent();
    }

    /** Those that fit the method; until there is one, those of a client with keys of its own. */
    public List<String> signingAlgs() {
        return RegistrationRules.signingAlgs(
                environment,
                TokenEndpointAuthMethod.ofCode(candidate().tokenEndpointAuthMethod())
                        .orElse(TokenEndpointAuthMethod.PRIVATE_KEY_JWT));
    }

    public List<String> userinfoAlgs() {
        return environment.metadata().userinfoSigningAlgValuesSupported().stream()
                .filter(RegistrationRules::asymmetric)
                .toList();
    }

    public String signedWith(String alg) {
        return "Yes, signed with " + alg;
    }
}
