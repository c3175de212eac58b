package dev.connectionmanager.api.common;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import dev.connectionmanager.audit.CorrelationId;
import dev.connectionmanager.idempotency.Claim;
import dev.connectionmanager.idempotency.IdempotencyKeys;
import dev.connectionmanager.idempotency.KeyedRequest;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.CurrentActor;
import dev.connectionmanager.wording.Problem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Takes the Idempotency-Key of what is {@link IdempotencyKeyed}: the first request with a key is let through and its
 * answer kept, the same one sent again gets that answer. Never creates twice: where it is not known what became of the
 * first, the second is refused.
 */
@Provider
@IdempotencyKeyed
@Priority(Priorities.USER)
class IdempotencyFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final Logger LOG = Logger.getLogger(IdempotencyFilter.class);
    private static final String HEADER = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";
    private static final String CLAIMED = IdempotencyFilter.class.getName();
    private static final int LONGEST = 255;
    /** Most requests are done by then; one that looks at endpoints takes longer, and its caller asks again. */
    private static final int SOON_SECONDS = 1;
    /** What is shown once is kept nowhere, and so shown in no answer again. */
    private static final Set<String> SHOWN_ONCE = Set.of("client_secret", "token", "registration_access_token");
    /** Answers that do not say that the request was judged: it may be sent again when log-in, right or time is there. */
    private static final Set<Integer> FREEING = Set.of(401, 403, 408, 429);

    private final IdempotencyKeys keys;
    private final CurrentActor actor;
    private final CorrelationId requestId;
    private final ObjectMapper values;

    IdempotencyFilter(IdempotencyKeys keys, CurrentActor actor, CorrelationId requestId, ObjectMapper values) {
        this.keys = keys;
        this.actor = actor;
        this.requestId = requestId;
        this.values = values;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        var sent = request.getHeaders().get(HEADER);
        if (sent == null) {
            return;
        }
        var id = Claim.digest(List.of(actor.get().kind().name(), actor.get().subject(), key(sent)));
        var body = request.getEntityStream().readAllBytes();
        request.setEntityStream(new ByteArrayInputStream(body));
        var uri = request.getUriInfo().getRequestUri();
        var asked = Claim.digest(List.of(
                request.getMethod(),
                uri.getRawPath(),
                String.valueOf(uri.getRawQuery()),
                Hashing.sha256().hashBytes(body).toString()));
        var claim = Claim.of(id, asked);
        var earlier = keys.claim(claim);
        if (earlier.isEmpty()) {
            request.setProperty(CLAIMED, claim);
        } else {
            request.abortWith(again(earlier.get(), claim));
        }
    }

    private static String key(List<String> sent) {
        if (sent.size() != 1 || sent.get(0).isBlank() || sent.get(0).length() > LONGEST) {
            throw new Refusal.Malformed(Reason.IDEMPOTENCY_KEY_INVALID, LONGEST);
        }
        return sent.get(0);
    }

    /** @throws Refusal.Conflict where it is not known what became of the first request */
    private Response again(KeyedRequest earlier, Claim claim) throws IOException {
        if (!earlier.asked(claim)) {
            return Response.status(422)
                    .type("application/problem+json")
                    .entity(Problem.of(422, Reason.IDEMPOTENCY_KEY_REUSED, requestId.value()))
                    .build();
        }
        var answer = earlier.answer();
        if (answer == null) {
            throw new Refusal.Conflict(SOON_SECONDS, Reason.IDEMPOTENCY_KEY_IN_USE);
        }
        if (answer.unknown()) {
            throw new Refusal.Conflict(Reason.IDEMPOTENCY_KEY_OUTCOME_UNKNOWN);
        }
        var replay = Response.status(answer.status())
                .header(REPLAYED, true)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.LOCATION, answer.location())
                .header(HttpHeaders.ETAG, answer.tag());
        if (answer.body() != null) {
            replay.entity(values.readTree(answer.body()))
                    .type(answer.status() < 400 ? MediaType.APPLICATION_JSON : "application/problem+json");
        }
        return replay.build();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(CLAIMED) instanceof Claim claim)) {
            return;
        }
        try {
            if (FREEING.contains(response.getStatus())) {
                keys.free(claim);
            } else if (response.getStatus() >= 500) {
                keys.fail(claim, storedAnswer(response));
            } else {
                keys.keep(claim, storedAnswer(response));
            }
        } catch (RuntimeException e) {
            // What was done is done, and told: its key stays claimed, so that it is not done again.
            keys.settleLater(claim);
            LOG.error("The answer to a request with an " + HEADER + " was not kept", e);
        }
    }

    private KeyedRequest.Answer storedAnswer(ContainerResponseContext response) {
        return new KeyedRequest.Answer(
                response.getStatus(),
                response.getHeaderString(HttpHeaders.LOCATION),
                response.getHeaderString(HttpHeaders.ETAG),
                response.hasEntity() ? withoutSecrets(response.getEntity()) : null);
    }

    private String withoutSecrets(Object entity) {
        JsonNode json = values.<JsonNode>valueToTree(entity).deepCopy();
        SHOWN_ONCE.forEach(name -> json.findParents(name).forEach(parent -> ((ObjectNode) parent).remove(name)));
        return json.toString();
    }
}
