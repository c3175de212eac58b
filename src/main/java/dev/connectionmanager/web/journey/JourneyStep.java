package dev.connectionmanager.web.journey;

import com.google.common.hash.Hashing;
import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientMember;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.Draft;
import dev.connectionmanager.web.layout.MetadataComparison;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The question pages of a registration, in order. */
public enum JourneyStep {
    CLIENT_NAME("client-name"),
    REDIRECT_URIS("redirect-uris"),
    AUTHENTICATION("authentication"),
    KEYS("keys"),
    USERINFO("userinfo"),
    LOGOUT("logout");

    private final String path;
    private final List<ClientMember> members;

    JourneyStep(String path) {
        this.path = path;
        this.members = Stream.of(ClientMember.values())
                .filter(member -> path.equals(member.step()))
                .toList();
    }

    /** What this page asks, in order. */
    List<ClientMember> members() {
        return members;
    }

    /** The last part of the page's address. */
    public String path() {
        return path;
    }

    public static Optional<JourneyStep> of(String path) {
        return Stream.of(values()).filter(step -> step.path.equals(path)).findFirst();
    }

    /** The step on which a metadata member is asked for; empty for what these pages do not ask. */
    public static Optional<JourneyStep> asking(String member) {
        return ClientMember.ofCode(member).flatMap(asked -> of(asked.step()));
    }

    /** The findings about what this page asks. */
    public Violations on(Violations all) {
        return new Violations(all.all().stream()
                .filter(violation -> asking(violation.path().split("/")[0])
                        .filter(this::equals)
                        .isPresent())
                .toList());
    }

    /** The next page; empty = check your answers. Only a client with keys of its own is asked where they are. */
    Optional<JourneyStep> next(Candidate candidate) {
        return Stream.of(values())
                .filter(step -> step.ordinal() > ordinal() && step.asked(candidate))
                .findFirst();
    }

    /** The page before; empty = the application's page. */
    Optional<JourneyStep> previous(Candidate candidate) {
        return Stream.of(values())
                .filter(step -> step.ordinal() < ordinal() && step.asked(candidate))
                .reduce((first, second) -> second);
    }

    /** What a candidate has of what this page asks. */
    private Candidate only(Candidate c) {
        var only = Candidate.EMPTY;
        for (var member : members) {
            only = member.copy(c, only);
        }
        return only;
    }

    /** The address of the page to go on with: the first question that nobody has answered, else the check of the answers. */
    static String unanswered(Draft draft) {
        return Stream.of(values())
                .filter(step ->
                        step.asked(draft.candidate()) && !draft.answered().contains(step.path))
                .filter(step -> !draft.changesRegistration())
                .findFirst()
                .map(JourneyStep::path)
                .orElse(JourneyPages.CHECK);
    }

    public boolean answered(Candidate candidate) {
        return !only(candidate).equals(Candidate.EMPTY);
    }

    /** Moves with what this page asks, and with nothing else. */
    public String tag(Candidate candidate) {
        return Hashing.sha256()
                .hashString(StoredJson.write(only(candidate)), StandardCharsets.UTF_8)
                .toString();
    }

    /** What somebody else has answered here since the page was opened. */
    String changedTo(Candidate candidate) {
        var now = MetadataComparison.of(Candidate.EMPTY, only(candidate)).stream()
                .map(setting -> setting.memberName() + " ‘" + String.join("’, ‘", setting.asked()) + "’")
                .collect(Collectors.joining("; "));
        return "This has changed since you opened the page. Now it "
                + (now.isEmpty() ? "is empty" : "is: " + now)
                + ". Nothing was saved: continue to replace it with what is below.";
    }

    /** The HTML id of the first thing that this page asks. */
    String field() {
        return members.get(0).code();
    }

    /** The client name is the application's until somebody changes it. */
    private boolean asked(Candidate candidate) {
        return this != CLIENT_NAME && (this != KEYS || "private_key_jwt".equals(candidate.tokenEndpointAuthMethod()));
    }
}
