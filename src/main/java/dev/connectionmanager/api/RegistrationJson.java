package dev.connectionmanager.api;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.CandidateJson;
import dev.connectionmanager.registration.Registered;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.wording.Finding;

/** A registration as the API shows it: the client metadata, and what only the portal sets. */
final class RegistrationJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RegistrationJson() {}

    static ObjectNode of(Registered registered) {
        var registration = registered.registration();
        var json = CandidateJson.toJson(registered.metadata());
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
    static ObjectNode of(Registrations.Outcome outcome) {
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
