package dev.connectionmanager.api.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Sets;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.JsonMembers;
import dev.connectionmanager.application.ApplicationCandidate;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.FlowRules;
import dev.connectionmanager.metadata.TokenEndpointAuthMethod;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.NewClients.NewClient;
import dev.connectionmanager.registration.RegistrationResult;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Secrets;
import dev.connectionmanager.wording.Finding;
import jakarta.inject.Singleton;
import java.util.List;

/** The messages of RFC 7591 and RFC 7592: what is read of a body, and what is answered. */
@Singleton
class ClientMessages {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CLIENT_ID = "client_id";
    private static final String SECRET = "client_secret";
    private static final String SECRET_EXPIRES = "client_secret_expires_at";
    private static final String CATEGORY = "application_category";
    /** RFC 7591 section 3.2.1: 0 = it does not expire. */
    private static final int NEVER = 0;
    /** RFC 7592 section 2.2: never in a replacement. */
    private static final List<String> FORBIDDEN =
            List.of("registration_access_token", "registration_client_uri", SECRET_EXPIRES, "client_id_issued_at");

    private final Environments environments;
    private final Secrets secrets;
    private final ConnectAddresses addresses;

    ClientMessages(Environments environments, Secrets secrets, ConnectAddresses addresses) {
        this.environments = environments;
        this.secrets = secrets;
        this.addresses = addresses;
    }

    /** What RFC 7591 has beside the metadata that every face reads. */
    record Beside(List<String> grantTypes, List<String> responseTypes, String applicationCategory) {}

    private record Read(Candidate client, Beside beside) {}

    /** A client that is to be registered. */
    Parsed<NewClient> create(byte[] body) {
        return read(JsonBody.object(body))
                .map(read -> new NewClient(
                        new ApplicationCandidate(
                                null,
                                null,
                                read.beside().applicationCategory(),
                                read.client().applicationType(),
                                null,
                                null),
                        read.client()));
    }

    /**
     * What is to take the place of what is registered.
     *
     * @throws Refusal.Malformed for a message that RFC 7592 section 2.2 forbids
     */
    Parsed<Candidate> replace(byte[] body, RegistrationSnapshot registered) {
        var json = JsonBody.object(body);
        FORBIDDEN.stream().filter(json::hasNonNull).findFirst().ifPresent(name -> {
            throw new Refusal.Malformed(Reason.REGISTRATION_MEMBER_FORBIDDEN, name);
        });
        if (!registered.registration().clientId().equals(json.path(CLIENT_ID).textValue())) {
            throw new Refusal.Malformed(Reason.REGISTRATION_CLIENT_ID_DIFFERENT);
        }
        var secret = json.get(SECRET);
        if (secret != null
                && !secret.isNull()
                && !(secret.isTextual() && secrets.works(registered, secret.textValue()))) {
            throw new Refusal.Malformed(Reason.REGISTRATION_CLIENT_SECRET_DIFFERENT);
        }
        var read = read(json);
        var category = read.candidate().beside().applicationCategory();
        var found = new Violations.Collector();
        if (category != null && !category.equals(category(registered))) {
            found.add(CATEGORY, Rule.READ_ONLY_MEMBER, CATEGORY);
        }
        return new Parsed<>(read.candidate().client(), read.violations().and(found.violations()));
    }

    /** RFC 7591 section 2: what is not understood is passed over, and what is left out has its default. */
    private static Parsed<Read> read(ObjectNode json) {
        var members = new JsonMembers(json);
        var client = members.bind(Candidate.class);
        var beside = members.bind(Beside.class);
        var parsed = members.refuse("jwks", Rule.JWKS_BY_VALUE)
                .ignore(Sets.newHashSet(json.fieldNames()))
                .parsed(new Read(client.tokenEndpointAuthMethod() == null ? withDefault(client) : client, beside));
        return new Parsed<>(
                parsed.candidate(), parsed.and(FlowRules.check(beside.grantTypes(), beside.responseTypes())));
    }

    private static Candidate withDefault(Candidate client) {
        return client.withTokenEndpointAuthMethod(TokenEndpointAuthMethod.CLIENT_SECRET_BASIC.code());
    }

    private static String category(RegistrationSnapshot registered) {
        return registered.application().details().category().code();
    }

    /** RFC 7591 section 3.2.1, with the secret where this act issued one. */
    ObjectNode answer(RegistrationResult result, String token) {
        var json = answer(result.registered(), token);
        result.secret().ifPresent(issued -> json.put(SECRET, issued.secret()).put(SECRET_EXPIRES, NEVER));
        if (!result.warnings().all().isEmpty()) {
            json.set("warnings", JSON.<JsonNode>valueToTree(Finding.of(result.warnings())));
        }
        return json;
    }

    /** @param token the client's registration access token, as it came */
    ObjectNode answer(RegistrationSnapshot registered, String token) {
        var registration = registered.registration();
        var environment = registration.environment();
        var json = JsonMembers.of(registered.metadata().asCandidate());
        json.putArray("grant_types").add(FlowRules.GRANT_TYPE);
        json.putArray("response_types").add(FlowRules.RESPONSE_TYPE);
        json.put(CATEGORY, category(registered));
        json.put(CLIENT_ID, registration.clientId());
        json.put("client_id_issued_at", registration.issuedAt().getEpochSecond());
        json.put("registration_access_token", token);
        json.put("registration_client_uri", addresses.configuration(environment, registration.clientId()));
        environments.find(environment).flatMap(Environment::issuer).ifPresent(issuer -> json.put("issuer", issuer));
        return json;
    }
}
