package dev.connectionmanager.api.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.api.common.JsonMembers;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.Change;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.registration.RegistrationResult;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.wording.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A registration as the API shows it: the client metadata, and what only the portal sets. */
public final class RegistrationJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** RFC 7591 section 3.2.1: 0 = it does not expire. */
    private static final int NEVER = 0;

    private static final Pattern CLIENT_ID = Pattern.compile("[0-9]{12}\\.apps\\.(national|supplier|local)");
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final String SECRET = "client_secret";
    private static final String SECRET_EXPIRES = "client_secret_expires_at";

    /** What only the portal sets, and what it looks like. */
    private static final Map<String, Predicate<JsonNode>> READ_ONLY = Map.ofEntries(
            Map.entry("client_id", text(CLIENT_ID)),
            Map.entry("client_id_issued_at", JsonNode::isIntegralNumber),
            Map.entry(SECRET, text(GUID)),
            Map.entry(SECRET_EXPIRES, JsonNode::isIntegralNumber),
            Map.entry("environment", JsonNode::isTextual),
            Map.entry("application_id", text(GUID)),
            Map.entry("application_name", JsonNode::isTextual),
            Map.entry("state", text(Pattern.compile("active|suspended"))),
            Map.entry(
                    "suspension",
                    value -> value.isObject()
                            && value.path("reason").isTextual()
                            && value.path("since").isTextual()),
            Map.entry("version", JsonNode::isIntegralNumber));

    private RegistrationJson() {}

    /**
     * Reads client metadata as it was sent.
     *
     * @param json the whole body
     * @param current the registration as it stands: what only the portal sets may be sent back unchanged; warnings are said of
     *     it and not part of it, and may be sent back as any answer has shown them
     * @param secrets whether a text is a secret of the registration that works: what the answer that issued it has shown
     */
    static Parsed<Candidate> read(
            ObjectNode json,
            Optional<RegistrationSnapshot> current,
            BiPredicate<RegistrationSnapshot, String> secrets) {
        var shown = current.map(RegistrationJson::of).orElseGet(JsonNodeFactory.instance::objectNode);
        current.ifPresent(registered -> {
            shown.put("application_name", registered.application().details().name());
            var secret = json.path(SECRET);
            if (secret.isTextual() && secrets.test(registered, secret.textValue())) {
                shown.set(SECRET, secret);
            }
            shown.put(SECRET_EXPIRES, NEVER);
        });
        var members = new JsonMembers(json);
        var candidate = members.bind(Candidate.class);
        return end(members.refuseChanges(READ_ONLY.keySet(), shown), candidate);
    }

    /** Reads client metadata that are to be judged and belong to no registration: what only the portal sets need only look like it. */
    public static Parsed<Candidate> readAlone(ObjectNode json) {
        var members = new JsonMembers(json);
        var candidate = members.bind(Candidate.class);
        return end(members.refuseOtherForms(READ_ONLY), candidate);
    }

    private static Parsed<Candidate> end(JsonMembers members, Candidate candidate) {
        return members.ignore(Set.of("warnings"))
                .refuse("jwks", Rule.JWKS_BY_VALUE)
                .parsed(candidate);
    }

    private static Predicate<JsonNode> text(Pattern form) {
        return value -> value.isTextual() && form.matcher(value.textValue()).matches();
    }

    /** What moves the entity tag, and nothing else: warnings have an address of their own. */
    static ObjectNode of(RegistrationSnapshot registered) {
        var registration = registered.registration();
        var json = JsonMembers.of(registered.metadata().asCandidate());
        json.put("client_id", registration.clientId());
        json.put("client_id_issued_at", registration.issuedAt().getEpochSecond());
        json.put("environment", registration.environment());
        json.put("application_id", registered.application().id().toString());
        json.put("state", registration.state().code());
        registration.suspension().ifPresent(suspension -> json.putObject("suspension")
                .put("reason", suspension.reason())
                .put("since", suspension.since().toString()));
        json.put("version", registration.revision());
        return json;
    }

    /** With what was seen on the way, and the secret, where this act issued one: the only answer that shows it. */
    static ObjectNode of(RegistrationResult outcome) {
        var json = of(outcome.registered());
        if (!outcome.warnings().all().isEmpty()) {
            json.set("warnings", JSON.valueToTree(Finding.of(outcome.warnings())));
        }
        outcome.secret().ifPresent(issued -> {
            json.put(SECRET, issued.secret());
            json.put(SECRET_EXPIRES, NEVER);
        });
        return json;
    }

    /** @param field the member that changed; where its values only changed places, both lists are empty */
    record ChangeView(String field, List<String> removed, List<String> added) {
        static List<ChangeView> of(List<Change> changes) {
            return changes.stream()
                    .map(change -> new ChangeView(change.member(), change.removed(), change.added()))
                    .toList();
        }
    }
}
