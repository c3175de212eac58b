package dev.connectionmanager.api.registration;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.api.common.JsonMembers;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.RegistrationResult;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.wording.Finding;
import java.util.Optional;
import java.util.Set;

/** A registration as the API shows it: the client metadata, and what only the portal sets. */
public final class RegistrationJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Set<String> READ_ONLY = Set.of(
            "client_id",
            "client_id_issued_at",
            "client_secret",
            "client_secret_expires_at",
            "environment",
            "application_id",
            "state",
            "suspension",
            "version");

    private RegistrationJson() {}

    /**
     * Reads client metadata as it was sent.
     *
     * @param json the whole body
     * @param current the registration as it was last shown: what only the portal sets may be sent back unchanged;
     *     warnings are said of it and not part of it, and may be sent back as any answer has shown them
     */
    public static Parsed<Candidate> read(ObjectNode json, Optional<RegistrationSnapshot> current) {
        var members = new JsonMembers(json);
        var candidate = members.bind(Candidate.class);
        return members.refuseChanges(
                        READ_ONLY, current.map(RegistrationJson::of).orElseGet(JsonNodeFactory.instance::objectNode))
                .ignore(Set.of("warnings"))
                .refuse("jwks", Rule.JWKS_BY_VALUE)
                .parsed(candidate);
    }

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
        putWarnings(json, registered.warnings());
        return json;
    }

    private static void putWarnings(ObjectNode json, Violations warnings) {
        if (!warnings.all().isEmpty()) {
            json.set("warnings", JSON.valueToTree(Finding.of(warnings)));
        }
    }

    /** With what was seen on the way, and the secret, where this act issued one: the only answer that shows it. */
    static ObjectNode of(RegistrationResult outcome) {
        var json = of(outcome.registered());
        putWarnings(json, outcome.warnings());
        outcome.secret().ifPresent(issued -> {
            json.put("client_secret", issued.secret());
            // RFC 7591 section 3.2.1: 0 = it does not expire.
            json.put("client_secret_expires_at", 0);
        });
        return json;
    }
}
