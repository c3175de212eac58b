package dev.connectionmanager.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.credential.ApiToken;
import dev.connectionmanager.credential.ClientSecrets;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.web.form.FormSubmission;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/**
 * The one gate for every text that a person or a program sends: a private key or a secret in it goes no further, so that no
 * act, no draft, no trail and no answer can hold it. A field or member that is added later passes it as well.
 *
 * <p>Of the mock what is asked for as of the API passes it too. Its forms and protocol do not: clients prove with secrets who they are
 * there, and nothing else is kept of what they send but the metadata of test clients, whose rules refuse keys and credentials.
 */
@ApplicationScoped
class SecretGate {
    /** Larger ones are refused unread. */
    private static final int LARGEST = 256 * 1024;

    private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    /** Where a registration is sent as its answers have shown it: they may show its secret. */
    private static final Pattern TAKES_ITS_SECRET = Pattern.compile(
            "/api/v1/(applications/[^/]+/registrations|environments)/[^/]+(/validations)?|/connect/[^/]+/register/[^/]+");

    /** What an OpenID Provider sends browsers back with. */
    private static final Set<String> NOT_TYPED = Set.of("/login/callback");

    private final ClientSecrets issued;
    private final RefusedFormPages refusedForms;
    private final ObjectMapper json;
    private final RoutingContext connection;

    SecretGate(ClientSecrets issued, RefusedFormPages refusedForms, ObjectMapper json, RoutingContext connection) {
        this.issued = issued;
        this.refusedForms = refusedForms;
        this.json = json;
        this.connection = connection;
    }

    /** Of forms: their page is shown again, without what the secret stood in. */
    @ServerRequestFilter(priority = Priorities.USER - 1)
    @WithFormRead
    public void refuseInForms(ResteasyReactiveContainerRequestContext request) {
        var form = ((ResteasyReactiveRequestContext) request.getServerRequestContext()).getFormData();
        if (form == null || Edge.of(connection) != Edge.PAGE) {
            return;
        }
        var texts = new SentTexts();
        for (var name : form) {
            var values = form.get(name).stream()
                    .filter(value -> !value.isFileItem())
                    .map(value -> value.getValue())
                    .toList();
            if (!name.equals(FormSubmission.KEY)) {
                texts.add(name, values);
            }
        }
        var found = texts.judge(issued::working);
        if (found.block()) {
            refusedForms.note(request);
            throw new Refusal.Rejected(found);
        }
    }

    @ServerRequestFilter(priority = Priorities.USER - 1)
    public void refuseInBodies(ResteasyReactiveContainerRequestContext request) throws IOException {
        if (!takesWords() || READING.contains(request.getMethod())) {
            return;
        }
        var body = request.getEntityStream().readAllBytes();
        request.setEntityStream(new ByteArrayInputStream(body));
        if (body.length == 0 || body.length > LARGEST) {
            return;
        }
        var texts = new SentTexts();
        var document = document(body);
        var whole = new String(body, StandardCharsets.UTF_8);
        if (document instanceof ObjectNode members
                && TAKES_ITS_SECRET.matcher(connection.normalizedPath()).matches()) {
            whole = withoutItsSecrets(members, whole);
        }
        if (document != null) {
            texts.add("", document);
        }
        texts.addWhole(whole);
        Refusal.Rejected.ifBlocking(texts.judge(issued::working));
    }

    /** Whether what comes in a body is kept and shown. */
    private boolean takesWords() {
        return Edge.of(connection).exchangesDocuments() || Edge.isOfConnect(connection.normalizedPath());
    }

    /** What stands in an address is known to more than the portal, and an answer may repeat it: no other filter does before this. */
    @ServerRequestFilter(priority = Priorities.USER - 2)
    public void refuseInAddresses(ResteasyReactiveContainerRequestContext request) {
        if (!Edge.of(connection).knowsCallers() || NOT_TYPED.contains(connection.normalizedPath())) {
            return;
        }
        var texts = new SentTexts();
        texts.add("path", List.of(connection.normalizedPath()));
        MultivaluedMap<String, String> query = request.getUriInfo().getQueryParameters();
        query.forEach((name, values) -> texts.add(name, List.copyOf(values)));
        if (texts.judge(guids -> Set.of()).block()) {
            throw new Refusal.Malformed(Reason.SECRET_IN_ADDRESS);
        }
    }

    /** The members that have a secret and are judged where they are read: they are kept nowhere. Of anything else in them nothing is taken. */
    private static String withoutItsSecrets(ObjectNode members, String whole) {
        var rest = whole;
        var secret = members.path("client_secret").asText();
        if (SentTexts.isGuid(secret)) {
            members.remove("client_secret");
            rest = rest.replace(secret, "");
        }
        var token = members.path("registration_access_token").asText();
        if (ApiToken.wellFormed(token) && token.startsWith(ApiToken.REGISTRATION_ACCESS)) {
            members.remove("registration_access_token");
            rest = rest.replace(token, "");
        }
        return rest;
    }

    /** Null for what is no JSON. */
    private JsonNode document(byte[] body) throws IOException {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
