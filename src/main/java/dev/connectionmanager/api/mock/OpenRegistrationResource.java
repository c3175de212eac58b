package dev.connectionmanager.api.mock;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Sets;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.JsonMembers;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.client.OpenRegistration;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.wording.Finding;
import dev.connectionmanager.wording.RuleSentences;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Collectors;

/** Test clients for anybody, by OpenID Connect Dynamic Client Registration 1.0 and RFC 7591: keys come by value. */
@Path(MockSettings.ROOT + "/register")
@PermitAll
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class OpenRegistrationResource {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String METADATA = "invalid_client_metadata";
    private static final String JWKS_URI = "jwks_uri";

    private final OpenRegistration registration;
    private final RoutingContext connection;

    OpenRegistrationResource(OpenRegistration registration, RoutingContext connection) {
        this.registration = registration;
        this.connection = connection;
    }

    @POST
    public Response register(byte[] body) {
        ObjectNode json;
        try {
            json = JsonBody.object(body);
        } catch (Refusal.Malformed malformed) {
            return refused(METADATA, RuleSentences.of(malformed), List.of());
        }
        if (json.hasNonNull(JWKS_URI)) {
            return refused(METADATA, "jwks_uri is refused here: send the keys themselves, as jwks", List.of());
        }
        var sent = candidate(json);
        if (sent.violations().block()) {
            return refused(sent.violations());
        }
        var jwks = json.get("jwks");
        var result = registration.register(
                sent.candidate(),
                jwks == null || jwks.isNull() ? null : jwks.toString(),
                connection.get(MockSettings.NETWORK));
        return result.client() == null ? refused(result.found()) : made(result);
    }

    /** RFC 7591 section 2: what is not understood is passed over. */
    private static Parsed<Candidate> candidate(ObjectNode json) {
        var members = new JsonMembers(json);
        var candidate = members.bind(Candidate.class);
        return members.ignore(Sets.newHashSet(json.fieldNames())).parsed(candidate);
    }

    private static Response made(OpenRegistration.Result result) {
        var json = JsonMembers.of(result.metadata().asCandidate());
        json.put("client_id", result.client().clientId());
        json.put("client_id_issued_at", result.client().at().getEpochSecond());
        if (result.client().secret() != null) {
            json.put("client_secret", result.client().secret());
            json.put("client_secret_expires_at", 0);
        }
        json.putArray("grant_types").add("authorization_code");
        json.putArray("response_types").add("code");
        return unkept(Response.Status.CREATED.getStatusCode()).entity(json).build();
    }

    private static Response refused(Violations found) {
        var blocking =
                new Violations(found.all().stream().filter(Violation::blocks).toList());
        var redirects =
                blocking.all().stream().allMatch(finding -> finding.path().startsWith("redirect_uris"));
        return refused(
                redirects ? "invalid_redirect_uri" : METADATA,
                blocking.all().stream().map(RuleSentences::of).distinct().collect(Collectors.joining(" ")),
                Finding.of(blocking));
    }

    private static Response refused(String error, String description, List<Finding> found) {
        return unkept(Response.Status.BAD_REQUEST.getStatusCode())
                .entity(JSON.valueToTree(new Problem(error, description, found)))
                .build();
    }

    private static Response.ResponseBuilder unkept(int status) {
        return Response.status(status)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache");
    }

    /** RFC 7591 section 3.2.2, with each finding beside. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Problem(String error, String error_description, List<Finding> errors) {}
}
